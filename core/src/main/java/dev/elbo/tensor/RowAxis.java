package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;

/**
 * Which rows a tensor has: {@code size} of them for each image of the batch, one after another, or
 * {@code size} whatever the batch.
 */
record RowAxis(boolean ofBatch, int size) {
  /** A row for each image. */
  static final RowAxis IMAGES = new RowAxis(true, 1);

  RowAxis {
    if (size < 1) {
      throw new IllegalArgumentException("size (=" + size + ") must be at least 1");
    }
  }

  static RowAxis fixed(int rows) {
    return new RowAxis(false, rows);
  }

  /** {@code samples} rows for each that there is. */
  RowAxis times(int samples) {
    return new RowAxis(ofBatch, size * samples);
  }

  /** One row for k that there are; k divides {@link #size}. */
  RowAxis over(int k) {
    return new RowAxis(ofBatch, size / k);
  }

  /** How many rows a batch of so many images has. */
  int count(int images) {
    return base(images) * perBase();
  }

  /** What ranges are counted in: images, or rows where these do not depend on the batch. */
  int base(int images) {
    return ofBatch ? images : size;
  }

  /** Rows for one step of a range. */
  int perBase() {
    return ofBatch ? size : 1;
  }

  /** Whether a range of one is a range of the other. */
  boolean isSweptWith(RowAxis other) {
    return ofBatch ? other.ofBatch : equals(other);
  }

  /** Rows of a buffer, so that whole tiles fit. */
  int padded(int capacity) {
    int base = base(capacity);
    return (base + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE * perBase();
  }

  @Override
  public String toString() {
    return ofBatch ? size + " an image" : size + " in all";
  }
}
