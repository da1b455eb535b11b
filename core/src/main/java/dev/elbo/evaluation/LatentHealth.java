package dev.elbo.evaluation;

import dev.elbo.latent.Codes;
import dev.elbo.model.Config;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the latent dimensions of a model carry.
 *
 * @param dimensions in their order
 * @param correlations between the posterior means of two active dimensions, the strongest first, at
 *     most ten
 */
public record LatentHealth(List<LatentDimension> dimensions, List<Correlation> correlations) {
  private static final int MOST_CORRELATIONS = 10;

  /** Pairs grow with the square; of more dimensions only those that carry most are paired. */
  private static final int MOST_PAIRED = 256;

  /**
   * Of the posterior means of two dimensions over the images.
   *
   * @param value Pearson's coefficient
   */
  public record Correlation(int first, int second, double value) {}

  public static LatentHealth of(Codes codes) {
    int latent = codes.latentSize();
    double[] kl = codes.klPerDimension();
    double[] first = new double[latent];
    double[] second = new double[latent];
    double[] within = new double[latent];
    for (int i = 0; i < codes.mu().length; i++) {
      double mu = codes.mu()[i];
      first[i % latent] += mu;
      second[i % latent] += mu * mu;
      within[i % latent] += StrictMath.exp(codes.logVar()[i]);
    }
    int count = codes.count();
    List<LatentDimension> dimensions = new ArrayList<>();
    for (int j = 0; j < latent; j++) {
      double mean = first[j] / count;
      // As TestBound has it, so that both count the same units.
      double activity = second[j] / count - mean * mean;
      double variance = activity + within[j] / count;
      dimensions.add(new LatentDimension(j, kl[j], activity, mean, variance));
    }
    return new LatentHealth(List.copyOf(dimensions), correlations(codes, dimensions));
  }

  private static List<Correlation> correlations(Codes codes, List<LatentDimension> dimensions) {
    List<LatentDimension> paired =
        byKl(dimensions).stream()
            .filter(LatentDimension::isActive)
            .limit(MOST_PAIRED)
            .sorted(Comparator.comparingInt(LatentDimension::index))
            .toList();
    List<Correlation> all = new ArrayList<>();
    for (int a = 0; a < paired.size(); a++) {
      for (int b = a + 1; b < paired.size(); b++) {
        all.add(correlation(codes, paired.get(a), paired.get(b)));
      }
    }
    all.sort(Comparator.comparingDouble((Correlation c) -> -Math.abs(c.value())));
    return List.copyOf(all.subList(0, Math.min(MOST_CORRELATIONS, all.size())));
  }

  private static Correlation correlation(Codes codes, LatentDimension a, LatentDimension b) {
    double sum = 0;
    for (int i = 0; i < codes.mu().length; i += codes.latentSize()) {
      sum += (codes.mu()[i + a.index()] - a.mean()) * (codes.mu()[i + b.index()] - b.mean());
    }
    double scale = Math.sqrt(a.activity() * b.activity());
    return new Correlation(a.index(), b.index(), sum / codes.count() / scale);
  }

  private static List<LatentDimension> byKl(List<LatentDimension> dimensions) {
    return dimensions.stream()
        .sorted(Comparator.comparingDouble((LatentDimension d) -> -d.kl()))
        .toList();
  }

  /** The dimensions, those that carry most first. */
  public List<LatentDimension> byKl() {
    return byKl(dimensions);
  }

  /** All of it in words, with what to change; a paragraph. */
  public String inWords(Config config) {
    return new LatentDiagnosis(this, config).paragraph();
  }

  public int activeUnits() {
    return (int) dimensions.stream().filter(LatentDimension::isActive).count();
  }

  public int collapsedUnits() {
    return (int) dimensions.stream().filter(LatentDimension::hasCollapsed).count();
  }

  /** Mean of KL(q(z|x) ‖ p(z)), nats per image. */
  public double kl() {
    double sum = 0;
    for (LatentDimension dimension : dimensions) {
      sum += dimension.kl();
    }
    return sum;
  }
}
