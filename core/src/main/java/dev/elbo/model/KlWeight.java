package dev.elbo.model;

import dev.elbo.InputException;

/**
 * The weight of the KL, as a person gave it: {@code beta} against the summed reconstruction loss,
 * or {@code alpha} against its mean over the D pixels, so that β = alpha·D. With squared errors β =
 * alpha·D/2 at σ = 1, since the unit Gaussian has half the squared error; that is the same as β = 1
 * at σ² = alpha·D/2.
 */
public record KlWeight(Kind kind, double value) {
  /** Which of the two was given. */
  public enum Kind {
    ALPHA,
    BETA
  }

  public KlWeight {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InputException(
          "%s: expected a number of 0 or more, found %s; 0.001 is the default alpha"
              .formatted(kind == Kind.ALPHA ? "alpha" : "beta", value));
    }
  }

  public static KlWeight alpha(double value) {
    return new KlWeight(Kind.ALPHA, value);
  }

  public static KlWeight beta(double value) {
    return new KlWeight(Kind.BETA, value);
  }

  /** The value, if this is what was given; else null. */
  Double given(Kind asked) {
    return kind == asked ? value : null;
  }

  /** β for this model. */
  public double beta(VaeConfig vae) {
    return kind == Kind.BETA ? value : value * pixelsPerBeta(vae);
  }

  /** alpha for this model. */
  public double alpha(VaeConfig vae) {
    return kind == Kind.ALPHA ? value : value / pixelsPerBeta(vae);
  }

  /** The σ at which this weight would be β = 1; a Gaussian's alone. */
  public double sigmaOfUnitBeta(VaeConfig vae) {
    return StrictMath.sqrt(beta(vae));
  }

  private static double pixelsPerBeta(VaeConfig vae) {
    return switch (vae.likelihood()) {
      case BERNOULLI, CALIBRATED_GAUSSIAN, PIXEL_GAUSSIAN, CONTINUOUS_BERNOULLI -> vae.inputSize();
      case GAUSSIAN -> vae.inputSize() / 2.0;
    };
  }
}
