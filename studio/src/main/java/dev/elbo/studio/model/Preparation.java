package dev.elbo.studio.model;

import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Images;
import dev.elbo.evaluation.SelfTest;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.tensor.NonFiniteException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a model still needs after the server has begun to answer: its self-test, compiled vector
 * kernels, and the images it is compared with.
 */
final class Preparation {
  private static final int CHUNK = 2_000;

  /** Batches after which the vector kernels are compiled. */
  private static final int WARM_UP = 400;

  /** One large batch in so many small ones. */
  private static final int MANY_IN = 16;

  private final ModelSource source;
  private final BooleanSupplier stopped;

  Preparation(ModelSource source, BooleanSupplier stopped) {
    this.source = source;
    this.stopped = stopped;
  }

  /** One sentence of what is wrong with how this machine computes the model, if anything is. */
  Optional<String> selfTest(Kernels kernels) {
    ModelFile model = source.model();
    double elbo;
    try {
      elbo = SelfTest.elbo(model.vae(), model.height(), model.width(), kernels);
    } catch (NonFiniteException e) {
      return Optional.of(
          "%s: expected a finite self-test, found %s; train it again"
              .formatted(source.id(), e.getMessage()));
    }
    String stored = model.figures().get(SelfTest.FIGURE);
    if (stored == null || stored.equals(Numbers.text(elbo))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: expected a self-test ELBO of %s as its file says, computed %s with %s kernels; set ELBO_KERNELS=plain or use another Java"
            .formatted(source.id(), stored, Numbers.text(elbo), kernels.description()));
  }

  Inference inference(Kernels kernels) {
    return new Inference(source.model().vae(), source.model().config().seed(), kernels);
  }

  /** Have run often enough that they are compiled. */
  Plans warm(Kernels kernels, Team team) {
    long seed = source.model().config().seed();
    Inference narrow = inference(kernels);
    Inference wide = new Inference(source.model().vae(), seed, kernels, team, 2 * Plans.WIDE);
    Rows few = blank(8);
    Rows many = blank(Plans.WIDE);
    for (int i = 0; i < WARM_UP && !stopped.getAsBoolean(); i++) {
      narrow.reconstruct(few);
      narrow.score(few);
      if (i % MANY_IN == 0) {
        wide.reconstruct(many);
      }
    }
    return new Plans(narrow, wide);
  }

  private Rows blank(int count) {
    ModelFile model = source.model();
    byte[] pixels = new byte[count * model.config().vae().inputSize()];
    Optional<byte[]> labels = Optional.of(new byte[count]);
    Images images = new Images(count, model.height(), model.width(), pixels, labels);
    return ImageRows.of(images, 0, count);
  }

  TestImages test(Inference inference, LocalImages.Found found) {
    Images images = found.images();
    int count = found.testCount();
    int latent = source.model().config().vae().latentSize();
    double[] reconstruction = new double[count];
    double[] kl = new double[count];
    Codes codes = new Codes(count, latent, new float[count * latent], new float[count * latent]);
    for (int from = 0; from < count && !stopped.getAsBoolean(); from += CHUNK) {
      int here = Math.min(CHUNK, count - from);
      Scores part = inference.score(ImageRows.of(images, from, here));
      System.arraycopy(part.reconstruction(), 0, reconstruction, from, here);
      System.arraycopy(part.kl(), 0, kl, from, here);
      copy(part.codes(), codes, from);
    }
    return TestImages.of(images, new Scores(reconstruction, kl, codes));
  }

  MapImages map(Inference inference, LocalImages.Found found, Codes testCodes) {
    Images all = found.images();
    int latent = testCodes.latentSize();
    int count = all.count();
    Codes codes = new Codes(count, latent, new float[count * latent], new float[count * latent]);
    copy(testCodes, codes, 0);
    for (int from = testCodes.count(); from < count && !stopped.getAsBoolean(); from += CHUNK) {
      int here = Math.min(CHUNK, count - from);
      copy(inference.encode(ImageRows.of(all, from, here)), codes, from);
    }
    return new MapImages(found.dataset(), found.standsIn(), all, testCodes.count(), codes);
  }

  private static void copy(Codes part, Codes all, int image) {
    int at = image * all.latentSize();
    System.arraycopy(part.mu(), 0, all.mu(), at, part.mu().length);
    System.arraycopy(part.logVar(), 0, all.logVar(), at, part.logVar().length);
  }
}
