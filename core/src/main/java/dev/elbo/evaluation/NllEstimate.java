package dev.elbo.evaluation;

/**
 * An estimate of −log p(x), averaged over images, nats per image; from above in expectation.
 *
 * @param samples draws an image, k
 * @param standardError of the mean over images; NaN of a single one
 */
public record NllEstimate(int samples, double nll, double standardError) {

  /**
   * @param logLikelihoods log p(x) of each image
   */
  static NllEstimate of(int samples, double[] logLikelihoods) {
    int count = logLikelihoods.length;
    double sum = 0;
    for (double value : logLikelihoods) {
      sum += value;
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : logLikelihoods) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
    return new NllEstimate(samples, -mean, deviation / Math.sqrt(count));
  }
}
