package dev.elbo.studio.http;

import dev.elbo.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text format of Prometheus, version 0.0.4: all values of a metric stand together. */
public final class MetricsText {
  private static final double LARGEST_COUNT = 1e15;

  private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();
  private StringBuilder current = new StringBuilder();

  /**
   * Begins a metric, or goes on with it.
   *
   * @param type {@code counter}, {@code gauge} or {@code histogram}
   */
  public MetricsText metric(String name, String type, String help) {
    String head = "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    current = metrics.computeIfAbsent(name, key -> new StringBuilder(head));
    return this;
  }

  /**
   * A value of it.
   *
   * @param labels names and values in turn
   */
  public MetricsText value(String name, double value, String... labels) {
    current.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      current.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      current.append(escaped(labels[i + 1])).append('"');
    }
    current.append(labels.length == 0 ? " " : "} ");
    current.append(number(value)).append('\n');
    return this;
  }

  static String number(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    boolean isCount = value == Math.rint(value) && Math.abs(value) < LARGEST_COUNT;
    return isCount ? String.valueOf((long) value) : Numbers.text(value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return String.join("", metrics.values());
  }
}
