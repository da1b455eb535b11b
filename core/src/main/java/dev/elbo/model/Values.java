package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Texts of keys read as what they stand for; an error names the text's source. */
record Values(Map<ConfigKey, Settings.Entry> entries) {

  boolean has(ConfigKey key) {
    return entries.containsKey(key);
  }

  String text(ConfigKey key) {
    return entries.get(key).text();
  }

  int whole(ConfigKey key) {
    return whole(key, text(key));
  }

  private int whole(ConfigKey key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number");
    }
  }

  long wide(ConfigKey key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number of at most 64 bits");
    }
  }

  double number(ConfigKey key) {
    try {
      // Not Double.parseDouble: it takes "NaN", "0x1p3" and "1d" too.
      return new BigDecimal(text(key)).doubleValue();
    } catch (NumberFormatException e) {
      throw wrong(key, "a number");
    }
  }

  /** Whole numbers with commas between; none where the text is empty. */
  List<Integer> sizes(ConfigKey key) {
    return text(key).isEmpty() ? List.of() : sizes(key, text(key));
  }

  private List<Integer> sizes(ConfigKey key, String text) {
    List<Integer> sizes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      sizes.add(whole(key, part.strip()));
    }
    return sizes;
  }

  /** Lists of whole numbers with slashes between. */
  List<List<Integer>> groups(ConfigKey key) {
    List<List<Integer>> groups = new ArrayList<>();
    for (String group : text(key).split("/", -1)) {
      groups.add(sizes(key, group));
    }
    return groups;
  }

  boolean truth(ConfigKey key) {
    String text = text(key);
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(key, "true or false");
    }
    return text.equals("true");
  }

  <E extends Enum<E>> E word(ConfigKey key, E[] values) {
    String text = text(key);
    for (E value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    List<String> words = Arrays.stream(values).map(Enum::toString).toList();
    String wayOut =
        Nearest.to(text, words).map(near -> "did you mean " + near + "?").orElse("change it there");
    throw wrong(key, "one of " + String.join(", ", words), wayOut);
  }

  private InputException wrong(ConfigKey key, String expected) {
    return wrong(key, expected, "change it there");
  }

  private InputException wrong(ConfigKey key, String expected, String wayOut) {
    Settings.Entry entry = entries.get(key);
    return new InputException(
        "%s: expected %s, found \"%s\" (from %s); %s"
            .formatted(key.key(), expected, entry.text(), entry.source(), wayOut));
  }
}
