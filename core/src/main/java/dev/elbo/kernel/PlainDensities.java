package dev.elbo.kernel;

/** Log-densities of one pixel, and their derivatives: the specification. */
final class PlainDensities {
  private PlainDensities() {}

  /** x·l − ln((e^l − 1)/l) = x·l − ½(l + |l|) − ln((1 − e^(−|l|))/|l|). */
  static float continuousBernoulli(float logit, float x, float[] derivative, int at) {
    float magnitude = Math.abs(logit);
    if (derivative != null) {
      derivative[at] = x - continuousBernoulliMean(logit);
    }
    return Math.fma(x, logit, -0.5f * (logit + magnitude)) - Elementary.logMeanDecay(magnitude);
  }

  /** With c = 1/|l| − 1/(e^|l| − 1): c where l is negative, else 1 − c. */
  static float continuousBernoulliMean(float logit) {
    float sign = Elementary.copySign(1f, logit);
    return Math.fma(-sign, Elementary.decayCentre(Math.abs(logit)), Math.fma(0.5f, sign, 0.5f));
  }

  /** −½(logVar + difference²·e^(−logVar)). */
  static float gaussian(float difference, float logVar, float[] byMean, float[] byLogVar, int at) {
    float scaled = difference * Elementary.exp(-logVar);
    float square = difference * scaled;
    if (byMean != null) {
      byMean[at] = scaled;
    }
    if (byLogVar != null) {
      byLogVar[at] = Math.fma(0.5f, square, -0.5f);
    }
    return -0.5f * (logVar + square);
  }
}
