package dev.elbo.studio.http;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often values were at most so large. For any number of threads. */
public final class Histogram {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds ascending
   */
  public Histogram(double... bounds) {
    this.bounds = bounds.clone();
    counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  public void add(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /** Its buckets, sum and count. */
  public void writeTo(MetricsText text, String name, String... labels) {
    long below = 0;
    String[] more = Arrays.copyOf(labels, labels.length + 2);
    more[labels.length] = "le";
    for (int i = 0; i <= bounds.length; i++) {
      below += counts[i].sum();
      double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
      more[labels.length + 1] = MetricsText.number(bound);
      text.value(name + "_bucket", below, more);
    }
    text.value(name + "_sum", sum.sum(), labels);
    text.value(name + "_count", below, labels);
  }
}
