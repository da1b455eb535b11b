package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the value of a key may be: how it looks in JSON, and its range.
 *
 * @param open whether {@code least} itself is left out
 * @param below whether {@code most} itself is left out
 * @param words the choices of a word; empty where any will do
 */
public record ConfigType(
    Form form, double least, double most, boolean open, boolean below, List<String> words) {
  /** How a value looks in JSON. */
  public enum Form {
    WHOLE,
    NUMBER,
    SIZES,
    GROUPS,
    WORD,
    TRUTH
  }

  static ConfigType whole(long least, long most) {
    return new ConfigType(Form.WHOLE, least, most, false, false, List.of());
  }

  static ConfigType positive() {
    return new ConfigType(Form.NUMBER, 0, Double.POSITIVE_INFINITY, true, true, List.of());
  }

  static ConfigType notNegative() {
    return new ConfigType(Form.NUMBER, 0, Double.POSITIVE_INFINITY, false, true, List.of());
  }

  /** 0 ≤ x &lt; 1. */
  static ConfigType share() {
    return new ConfigType(Form.NUMBER, 0, 1, false, true, List.of());
  }

  /** Whole numbers with commas between, each in a range. */
  static ConfigType sizes(long least, long most) {
    return new ConfigType(Form.SIZES, least, most, false, false, List.of());
  }

  /** Such lists with slashes between. */
  static ConfigType groups(long least, long most) {
    return new ConfigType(Form.GROUPS, least, most, false, false, List.of());
  }

  /** true or false; a flag alone means true. */
  static ConfigType truth() {
    return new ConfigType(Form.TRUTH, 0, 0, false, false, List.of("true", "false"));
  }

  static ConfigType word(Enum<?>... choices) {
    List<String> words = Stream.of(choices).map(Enum::toString).toList();
    return new ConfigType(Form.WORD, 0, 0, false, false, words);
  }

  /** Refuses what is out of range. */
  void require(ConfigKey key, double value) {
    boolean high = below ? value < most : value <= most;
    boolean low = open ? value > least : value >= least;
    if (high && low) {
      return;
    }
    if (form == Form.NUMBER) {
      throw new InputException(
          "%s: expected a number %s, found %s; %s is the default"
              .formatted(key.key(), range(), Numbers.text(value), key.defaultText()));
    }
    throw new InputException(
        "%s: expected a whole number from %d to %d, found %d; change it"
            .formatted(key.key(), (long) least, (long) most, (long) value));
  }

  private String range() {
    if (Double.isInfinite(most)) {
      return open ? "above 0" : "of 0 or more";
    }
    return "from 0 to below 1";
  }
}
