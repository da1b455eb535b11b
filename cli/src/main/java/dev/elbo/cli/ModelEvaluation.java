package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.data.Images;
import dev.elbo.evaluation.Evaluation;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.Parameter;

/** Measures a model on test images, with progress, and says how long that took. */
record ModelEvaluation(ModelChoice.Chosen chosen, int samples, int workers, Console console) {
  private static final double GIGA = 1e9;

  Evaluation on(Images test) {
    long began = System.nanoTime();
    Evaluation evaluation = measure(test);
    sayPace(test.count(), (System.nanoTime() - began) / GIGA);
    return evaluation;
  }

  private Evaluation measure(Images test) {
    Vae vae = chosen.model().vae();
    long seed = chosen.model().config().seed();
    try (Team team = new Team(workers);
        CountDisplay display = new CountDisplay(console, "images", test.count())) {
      return Evaluation.of(vae, test, seed, samples, Kernels.best(), team, display);
    } catch (NonFiniteException e) {
      throw new InputException(
          "%s: expected finite figures, found %s; the model is broken, train another"
              .formatted(chosen.name(), e.getMessage()),
          e);
    }
  }

  /** The decoder's products are nearly all that there is to do. */
  private void sayPace(int images, double seconds) {
    double terms = 0;
    for (Parameter parameter : chosen.model().vae().parameters()) {
      boolean decodes =
          parameter.name().startsWith("decoder") || parameter.name().startsWith("output");
      terms += parameter.isWeight() && decodes ? parameter.size() : 0;
    }
    double operations = 2 * terms * images * samples;
    console.say(
        "%s draws of %s images in %s s, %s GFLOP/s"
            .formatted(
                Numbers.grouped(samples),
                Numbers.grouped(images),
                Numbers.fixed(seconds, 1),
                Numbers.fixed(operations / seconds / GIGA, 0)));
  }
}
