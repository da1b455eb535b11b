package dev.elbo.tensor;

/** A value of a step became NaN or infinite; the message names the first one. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NonFiniteException(String message) {
    super(message);
  }
}
