package dev.elbo.studio.model;

/**
 * How a model computes: small batches in the model's own thread, which wakes nobody, large ones
 * with a team. The bits are the same.
 */
record Plans(Inference narrow, Inference wide) {
  /** Rows from which a team is worth its waking. */
  static final int WIDE = 256;

  /** One plan for all batches. */
  Plans(Inference one) {
    this(one, one);
  }

  Inference of(int rows) {
    return rows < WIDE ? narrow : wide;
  }
}
