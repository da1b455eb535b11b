package dev.elbo.evaluation;

import dev.elbo.Numbers;
import dev.elbo.model.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The health of latent dimensions in words: a paragraph that ends with what to do. */
final class LatentDiagnosis {
  /** Further from the prior than that, its draws miss the data visibly. */
  private static final double FAR_MEAN = 0.5;

  private static final double NARROW = 0.5;
  private static final double WIDE = 2;

  /** Means of two dimensions that say the same thing. */
  private static final double STRONG = 0.5;

  private static final int TILE = 8;

  private final LatentHealth health;
  private final Config config;
  private final List<LatentDimension> active;
  private final int latent;

  LatentDiagnosis(LatentHealth health, Config config) {
    this.health = health;
    this.config = config;
    this.active = health.byKl().stream().filter(LatentDimension::isActive).toList();
    this.latent = health.dimensions().size();
  }

  String paragraph() {
    List<String> sentences = new ArrayList<>();
    sentences.add(counts());
    if (!active.isEmpty()) {
      sentences.add(shares());
      sentences.add(aggregate());
    }
    if (!health.correlations().isEmpty()) {
      sentences.add(correlation());
    }
    sentences.add(remedy());
    return String.join(" ", sentences);
  }

  private String counts() {
    int collapsed = health.collapsedUnits();
    int faint = latent - active.size() - collapsed;
    String carry =
        "%d of %d dimensions %s information"
            .formatted(active.size(), latent, active.size() == 1 ? "carries" : "carry");
    String gone =
        collapsed == 0
            ? ""
            : "; %d %s collapsed to the prior"
                .formatted(collapsed, collapsed == 1 ? "has" : "have");
    String little =
        faint == 0
            ? ""
            : "; %d %s from the prior but hardly from image to image"
                .formatted(faint, faint == 1 ? "differs" : "differ");
    return carry + gone + little + ".";
  }

  private String shares() {
    double all = health.kl();
    double sum = 0;
    int half = 0;
    List<LatentDimension> byKl = health.byKl();
    while (half < latent && sum < all / 2) {
      sum += byKl.get(half++).kl();
    }
    return "Of the KL of %s nats %d %s half; the largest share, %s, is dimension %d's."
        .formatted(
            Numbers.fixed(all, 2),
            half,
            half == 1 ? "holds" : "hold",
            Numbers.fixed(byKl.get(0).kl(), 2),
            byKl.get(0).index());
  }

  private String aggregate() {
    double[] mean = range(LatentDimension::mean);
    double[] variance = range(LatentDimension::variance);
    boolean isFar =
        Math.max(-mean[0], mean[1]) > FAR_MEAN || variance[0] < NARROW || variance[1] > WIDE;
    return "Over all images the active ones have means from %s to %s and variances from %s to %s, where the prior has 0 and 1%s."
        .formatted(
            Numbers.fixed(mean[0], 2),
            Numbers.fixed(mean[1], 2),
            Numbers.fixed(variance[0], 2),
            Numbers.fixed(variance[1], 2),
            isFar
                ? ": draws of the prior miss where the data lie, and --sampler mixture does not"
                : "");
  }

  private double[] range(ToDoubleFunction<LatentDimension> figure) {
    return new double[] {
      active.stream().mapToDouble(figure).min().orElseThrow(),
      active.stream().mapToDouble(figure).max().orElseThrow()
    };
  }

  private String correlation() {
    LatentHealth.Correlation strongest = health.correlations().get(0);
    return "The strongest correlation is %s, of dimensions %d and %d%s."
        .formatted(
            Numbers.fixed(strongest.value(), 2),
            strongest.first(),
            strongest.second(),
            Math.abs(strongest.value()) > STRONG ? ", which say nearly the same" : "");
  }

  private String remedy() {
    if (PosteriorCollapse.isSeenIn(active.size(), latent, health.kl())) {
      return "The posterior has collapsed: " + PosteriorCollapse.remedy(config) + ".";
    }
    int enough = (active.size() + TILE - 1) / TILE * TILE;
    if (active.size() == latent) {
      return "All are in use: a larger --latent may carry more.";
    }
    String more = "a lower --beta or free bits would use more of them";
    return enough < latent
        ? "--latent %d would do as well; %s.".formatted(enough, more)
        : "Such a few unused ones cost nothing; " + more + ".";
  }
}
