package dev.elbo.evaluation;

import dev.elbo.InputException;
import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.tensor.NonFiniteException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * log p(x) ≈ log (1/k) Σᵢ wᵢ with wᵢ = p(x, zᵢ)/q(zᵢ|x) of k draws (Burda, Grosse and Salakhutdinov
 * 2015), of each image of a set. Draws are fixed by the seed, the image's index and their number,
 * and are added in their order, so that neither threads nor kernels enter the result.
 *
 * @param codes q(z|x) of each image: it is encoded once, and decoded k times
 */
public record MarginalLikelihood(
    LogWeights model, Images images, Codes codes, long seed, Kernels kernels) {

  /** A slip of the keyboard beyond that, not a wish. */
  public static final int MOST_SAMPLES = 1_000_000;

  /** Draws at a time: whole tiles of rows, and few enough to stay in the cache. */
  private static final int DRAWS = 64;

  private static final List<Integer> STAGES = List.of(1, 10, 100, 1000, 5000);

  /** The numbers of draws at which the estimate is told, ascending; the last is {@code samples}. */
  public static List<Integer> stages(int samples) {
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new InputException(
          "samples: expected from 1 to %d draws an image, found %d; 500 is the default"
              .formatted(MOST_SAMPLES, samples));
    }
    List<Integer> stages = new ArrayList<>(STAGES);
    stages.removeIf(stage -> stage >= samples);
    stages.add(samples);
    return List.copyOf(stages);
  }

  /**
   * @param ended is told by the calling thread how many images have been
   * @return an estimate for each of {@link #stages}
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public List<NllEstimate> measure(int samples, Team team, IntConsumer ended) {
    List<Integer> stages = stages(samples);
    double[][] logLikelihoods = new double[stages.size()][images.count()];
    Batches pixels = new Batches(images);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    team.run(
        worker -> {
          ImageDraws draws =
              new ImageDraws(
                  model, pixels, images.size(), codes, seed, drawsAtATime(samples), kernels);
          for (int i = next.getAndIncrement(); i < images.count(); i = next.getAndIncrement()) {
            if (!estimate(draws, i, stages, logLikelihoods)) {
              next.set(images.count());
              throw draws.nonFinite();
            }
            int count = done.incrementAndGet();
            if (worker == 0) {
              ended.accept(count);
            }
          }
        });
    ended.accept(images.count());
    List<NllEstimate> estimates = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      estimates.add(NllEstimate.of(stages.get(i), logLikelihoods[i]));
    }
    return List.copyOf(estimates);
  }

  /** Evenly many each time, so that few are drawn for nothing. */
  private static int drawsAtATime(int samples) {
    int times = (samples + DRAWS - 1) / DRAWS;
    return (samples + times - 1) / times;
  }

  /** Whether all its log-weights are finite. */
  private static boolean estimate(
      ImageDraws draws, int image, List<Integer> stages, double[][] logLikelihoods) {
    RunningLogMeanExp mean = new RunningLogMeanExp();
    int samples = stages.get(stages.size() - 1);
    int stage = 0;
    for (int first = 0; first < samples; first += draws.draws()) {
      float[] logWeights = draws.of(image, first);
      for (int i = 0; i < Math.min(draws.draws(), samples - first); i++) {
        if (!Float.isFinite(logWeights[i])) {
          return false;
        }
        mean.add(logWeights[i]);
        if (mean.count() == stages.get(stage)) {
          logLikelihoods[stage++][image] = mean.value();
        }
      }
    }
    return true;
  }
}
