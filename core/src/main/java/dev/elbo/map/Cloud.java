package dev.elbo.map;

import java.util.Arrays;

/**
 * Points of one space; a map is a cloud of two dimensions.
 *
 * @param values [count, dimensions], point after point, finite
 */
public record Cloud(int count, int dimensions, float[] values) {

  public Cloud {
    if (count < 0 || dimensions < 1 || (long) count * dimensions != values.length) {
      throw new IllegalArgumentException(
          "values (=%d) must be count (=%d) times dimensions (=%d)"
              .formatted(values.length, count, dimensions));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("values must be finite");
      }
    }
  }

  public float at(int point, int dimension) {
    return values[point * dimensions + dimension];
  }

  /** The first points, at most so many. */
  public Cloud first(int most) {
    int points = Math.min(most, count);
    return new Cloud(points, dimensions, Arrays.copyOf(values, points * dimensions));
  }
}
