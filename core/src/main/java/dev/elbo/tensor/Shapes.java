package dev.elbo.tensor;

/** What operations ask of their tensors; a mistake of the caller's code, not of a user. */
final class Shapes {
  private Shapes() {}

  /** [rows, columns], not one number a row. */
  static void requireMatrix(Tensor x) {
    if (x.stride() == 1) {
      throw new IllegalArgumentException(x.name() + " is one number a row, and must be a matrix");
    }
  }

  /** [rows]. */
  static void requireNumbers(Tensor x) {
    if (x.stride() != 1) {
      throw new IllegalArgumentException(x.name() + " must be one number a row");
    }
  }

  /** Two with the same rows. */
  static void requireSameRows(Tensor a, Tensor b) {
    if (!a.axis().equals(b.axis())) {
      throw new IllegalArgumentException(
          "the rows of %s (%s) must be those of %s (%s)"
              .formatted(a.name(), a.axis(), b.name(), b.axis()));
    }
  }

  /** k at least 1, and the rows of x in groups of k. */
  static void requireGroups(Tensor x, int k) {
    if (k < 1 || x.axis().size() % k != 0) {
      throw new IllegalArgumentException(
          "k (=%d) must divide the rows of %s (%s)".formatted(k, x.name(), x.axis()));
    }
  }

  /** Two of [rows, columns] with the same rows and columns. */
  static void requireAlike(Tensor a, Tensor b) {
    requireMatrix(a);
    requireMatrix(b);
    requireSameRows(a, b);
    if (a.columns() != b.columns()) {
      throw new IllegalArgumentException(
          "the columns of %s (=%d) must be those of %s (=%d)"
              .formatted(a.name(), a.columns(), b.name(), b.columns()));
    }
  }

  /**
   * Data that a log-probability is of: its gradient is not computed, and it is known from the
   * start.
   */
  static void requireData(Tensor x, Tape tape) {
    if (x.tape() != tape) {
      throw new IllegalArgumentException(x.name() + " belongs to another tape");
    }
    if (x.trainable() || x.phase() > 0) {
      throw new IllegalArgumentException(x.name() + " depends on a parameter, and must be data");
    }
  }
}
