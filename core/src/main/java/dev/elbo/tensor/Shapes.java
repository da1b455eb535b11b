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

  /** One number a row. */
  static void requireScalarRows(Tensor x) {
    if (x.stride() != 1) {
      throw new IllegalArgumentException(x.name() + " must be one number a row");
    }
  }

  /** Two of [rows, columns] with the same columns. */
  static void requireAlike(Tensor a, Tensor b) {
    requireMatrix(a);
    requireMatrix(b);
    if (a.columns() != b.columns()) {
      throw new IllegalArgumentException(
          "the columns of %s (=%d) must be those of %s (=%d)"
              .formatted(a.name(), a.columns(), b.name(), b.columns()));
    }
  }

  /** Data that a log-probability is of: its gradient is not computed. */
  static void requireData(Tensor x, Tape tape) {
    if (x.tape() != tape) {
      throw new IllegalArgumentException(x.name() + " belongs to another tape");
    }
    if (x.trainable()) {
      throw new IllegalArgumentException(x.name() + " depends on a parameter, and must be data");
    }
  }
}
