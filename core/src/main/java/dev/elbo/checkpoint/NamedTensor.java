package dev.elbo.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * One array of a model file, row-major.
 *
 * @param name such as {@code encoder.0.weight}
 * @param shape sizes, at most {@link #MAX_RANK} of them; empty for a single number
 * @param values as many as the product of the sizes; not copied
 */
public record NamedTensor(String name, List<Integer> shape, float[] values) {
  static final int MAX_RANK = 8;

  public NamedTensor {
    shape = List.copyOf(shape);
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(name + ": negative size in shape " + shape);
      }
      count = Math.multiplyExact(count, size);
    }
    if (shape.size() > MAX_RANK || count != values.length) {
      throw new IllegalArgumentException(
          name + ": shape " + shape + " does not fit " + values.length + " values");
    }
    if (name.equals(SafeTensorsHeader.METADATA)) {
      throw new IllegalArgumentException(name + " is no name for a tensor");
    }
  }

  /** Equal when name, shape and every value are; all NaN count as one value, −0 and 0 as two. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NamedTensor that
        && name.equals(that.name)
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + shape.hashCode()) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + shape;
  }
}
