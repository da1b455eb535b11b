package dev.elbo.map;

import dev.elbo.kernel.Team;

/**
 * p(j|i) ∝ e^(−βᵢ·d²ᵢⱼ) over the neighbours j of i, with βᵢ such that the entropy is ln perplexity:
 * a point in a crowd looks less far.
 *
 * @param values [count, each], beside the neighbours' numbers; they add up to 1 for each point
 */
record ConditionalAffinities(Neighbours neighbours, double[] values) {
  /** Of the entropy, in nats. */
  private static final double TOLERANCE = 1e-7;

  /** Halving a range of doubles ends before; equal distances have no β that fits. */
  private static final int MOST_TRIALS = 200;

  static ConditionalAffinities of(Neighbours neighbours, double perplexity, Team team) {
    double[] values = new double[neighbours.squared().length];
    double entropy = StrictMath.log(perplexity);
    RowChunks.run(team, neighbours.count(), () -> row -> fill(neighbours, row, entropy, values));
    return new ConditionalAffinities(neighbours, values);
  }

  private static void fill(Neighbours neighbours, int row, double wanted, double[] values) {
    int start = row * neighbours.each();
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = startingBeta(neighbours, start);
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      double difference = entropy(neighbours, start, beta, values) - wanted;
      if (Math.abs(difference) < TOLERANCE) {
        return;
      }
      if (difference > 0) {
        low = beta;
        beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
      } else {
        high = beta;
        beta = (low + high) / 2;
      }
    }
  }

  /** One over the spread of the distances, so that the search begins near its end. */
  private static double startingBeta(Neighbours neighbours, int start) {
    int last = start + neighbours.each() - 1;
    double spread = neighbours.squared()[last] - neighbours.squared()[start];
    return spread > 0 ? 1 / spread : 1;
  }

  /** Fills a row for this β and returns its entropy, ln Σ e^(−βd) + β·Σ p·d, d above the least. */
  private static double entropy(Neighbours neighbours, int start, double beta, double[] values) {
    int end = start + neighbours.each();
    double least = neighbours.squared()[start];
    double sum = 0;
    double weighted = 0;
    for (int n = start; n < end; n++) {
      double distance = neighbours.squared()[n] - least;
      values[n] = StrictMath.exp(-beta * distance);
      sum += values[n];
      weighted += values[n] * distance;
    }
    for (int n = start; n < end; n++) {
      values[n] /= sum;
    }
    return StrictMath.log(sum) + beta * weighted / sum;
  }
}
