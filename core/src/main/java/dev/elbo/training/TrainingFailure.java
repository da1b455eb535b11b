package dev.elbo.training;

/** Training cannot go on: a value became NaN or infinite. */
public final class TrainingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  /**
   * @param what the first value that went bad: {@code decoder.0 output became NaN}
   */
  TrainingFailure(long step, String what) {
    super(what);
    this.step = step;
  }

  /** The update that failed. */
  public long step() {
    return step;
  }
}
