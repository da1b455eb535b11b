package dev.elbo.kernel;

/** The scalars of one step of Adam; advanced once a step, then only read. */
public final class AdamScalars {
  /**
   * A first moment below this counts as zero. That of a weight whose gradient has stayed zero
   * decays to a denormal number and remains one, 0.9 of it being rounded back, and processors
   * multiply those a hundred times slower; what it would add to a weight is lost in rounding.
   */
  static final float SMALLEST_FIRST = 0x1p-100f;

  final float beta1;
  final float beta2;
  final float epsilon;

  /** 1 − β, rounded once. */
  final float rest1;

  final float rest2;
  private final double exactBeta1;
  private final double exactBeta2;

  /** lr/(1 − β₁ᵗ). */
  float stepSize;

  /** 1/√(1 − β₂ᵗ). */
  float rootScale;

  public AdamScalars(double beta1, double beta2, double epsilon) {
    this.exactBeta1 = beta1;
    this.exactBeta2 = beta2;
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
    this.rest1 = (float) (1 - beta1);
    this.rest2 = (float) (1 - beta2);
  }

  /** Corrects the bias of moments that began at zero, for step t = 1, 2, … */
  public void advance(long step, double learningRate) {
    stepSize = (float) (learningRate / (1 - StrictMath.pow(exactBeta1, step)));
    rootScale = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(exactBeta2, step)));
  }
}
