package dev.elbo.evaluation;

import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.NonFiniteException;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * All that is measured of a model on a set of images, in nats per image.
 *
 * @param figures the same as training tells of its test set
 * @param classes by label; empty where the images have none
 * @param nll −log p(x) at growing numbers of draws
 */
public record Evaluation(
    TestFigures figures, List<ClassFigures> classes, List<NllEstimate> nll, LatentHealth health) {

  /**
   * @param samples draws an image for −log p(x)
   * @param ended is told how many images have got theirs
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public static Evaluation of(
      Vae vae,
      Images images,
      long seed,
      int samples,
      Kernels kernels,
      Team team,
      IntConsumer ended) {
    TestBound bound = new TestBound(vae, images, seed, kernels, team);
    ImageFigures each = bound.perImage();
    MarginalLikelihood likelihood =
        new MarginalLikelihood(
            LogWeights.of(vae.withPriorKnown(kernels)), images, each.codes(), seed, kernels);
    return new Evaluation(
        bound.measure(),
        ClassFigures.of(images, each),
        likelihood.measure(samples, team, ended),
        LatentHealth.of(each.codes()));
  }
}
