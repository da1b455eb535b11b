package dev.elbo.map;

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

  /** The points of the given numbers, in their order. */
  public Cloud select(int[] points) {
    float[] selected = new float[points.length * dimensions];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(values, points[i] * dimensions, selected, i * dimensions, dimensions);
    }
    return new Cloud(points.length, dimensions, selected);
  }
}
