package dev.elbo.studio.model;

import dev.elbo.InputException;
import dev.elbo.checkpoint.MixtureFile;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Mixture;
import dev.elbo.model.VaeConfig;
import dev.elbo.studio.http.MetricsSource;
import dev.elbo.studio.http.MetricsText;
import dev.elbo.studio.http.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A model behind the API. For any number of threads. */
public final class ServedModel implements MetricsSource, AutoCloseable {
  private static final int MOST_WAITING = 128;

  /** A batch of some hundred rows has no work for more. */
  private static final int MOST_THREADS = 8;

  private static final long PATIENCE_SECONDS = 30;

  private final ModelSource source;
  private final ModelMetrics metrics;
  private final Team team =
      new Team(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  private final Batcher batcher;
  private final Preparation preparation;
  private final CompletableFuture<Optional<LocalImages.Found>> found = new CompletableFuture<>();
  private final CompletableFuture<TestImages> test = new CompletableFuture<>();
  private final CompletableFuture<MapImages> mapImages = new CompletableFuture<>();
  private volatile Optional<String> lack;
  private volatile Optional<Mixture> mixture = Optional.empty();
  private volatile boolean closed;

  ServedModel(ModelSource source) {
    this.source = source;
    this.metrics = new ModelMetrics(source.id(), vae().latentSize());
    this.preparation = new Preparation(source, () -> closed);
    // Vector kernels are slow until they are compiled, which is done beside the first requests.
    this.batcher =
        new Batcher(
            source.id(), new Plans(preparation.inference(Kernels.plain())), MOST_WAITING, metrics);
    this.lack = Optional.of(source.id() + ": its self-test has not ended yet");
  }

  public String id() {
    return source.id();
  }

  public ModelSource source() {
    return source;
  }

  public ModelFile file() {
    return source.model();
  }

  VaeConfig vae() {
    return source.model().config().vae();
  }

  Batcher batcher() {
    return batcher;
  }

  ModelMetrics metrics() {
    return metrics;
  }

  /** One sentence of why it does not count as ready, or empty. */
  Optional<String> lack() {
    return lack;
  }

  /** The test images, if they have been found and scored. */
  Optional<TestImages> testImages() {
    return test.isDone() && !test.isCompletedExceptionally()
        ? Optional.of(test.join())
        : Optional.empty();
  }

  /** Whether test images may yet come. */
  boolean isPreparing() {
    return !mapImages.isDone();
  }

  /** Which images there are, once that is known; empty also where there are none. */
  Optional<LocalImages.Found> images() {
    return found.isDone() ? found.join() : Optional.empty();
  }

  /**
   * The images of the map and their codes, which are found in the background after the start;
   * cancelled where there are none.
   */
  public CompletableFuture<MapImages> mapImages() {
    return mapImages;
  }

  /**
   * Those images, waited for.
   *
   * @throws Problem 404 where there are none, 503 where it takes too long
   */
  public MapImages requireMapImages() {
    return await(mapImages);
  }

  /** Waits until the test images are there, or it is clear that none will be. */
  void awaitTestImages(long seconds) {
    try {
      test.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      // Whoever asks goes on without.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      throw Problem.notFound(
          "images: expected images of %d×%d pixels on this machine, found none; start with --data"
              .formatted(source.model().height(), source.model().width()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw Problem.busy("images: expected them read and encoded, found that it still goes on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("server: stopping");
    }
  }

  /** Whether draws of its mixture can be asked for. */
  boolean hasMixture() {
    return mixture().isPresent();
  }

  /** The mixture of its aggregate posterior: that inside the program, or the one in the run. */
  Optional<Mixture> mixture() {
    Optional<Mixture> known = mixture;
    if (known.isEmpty()) {
      known = storedMixture();
      mixture = known;
    }
    return known;
  }

  private Optional<Mixture> storedMixture() {
    if (source.isPretrained()) {
      return Optional.of(Pretrained.mixture().mixture());
    }
    Optional<Path> file = source.run().map(run -> run.mixture()).filter(Files::exists);
    try {
      return file.map(path -> MixtureFile.of(SafeTensors.read(path), path.toString()))
          .filter(stored -> stored.modelSha256().equals(MixtureFile.digestOf(source.file())))
          .map(MixtureFile::mixture);
    } catch (InputException damaged) {
      return Optional.empty();
    }
  }

  void selfTest() {
    lack = preparation.selfTest(Kernels.plain());
  }

  /** Goes over to the machine's own kernels, if they compute the same. */
  void warm() {
    Kernels best = Kernels.best();
    Optional<String> wrong = preparation.selfTest(best);
    if (wrong.isPresent()) {
      lack = wrong;
    } else {
      batcher.use(preparation.warm(best, team));
    }
  }

  /** Finds, scores and encodes the images. */
  void compare(LocalImages images) {
    try {
      Optional<LocalImages.Found> here = images.of(source);
      found.complete(here);
      if (here.isEmpty() || closed) {
        test.cancel(false);
        mapImages.cancel(false);
        return;
      }
      Inference inference = preparation.inference(Kernels.best());
      TestImages scored = preparation.test(inference, here.get());
      test.complete(scored);
      mapImages.complete(preparation.map(inference, here.get(), scored.scores().codes()));
    } catch (RuntimeException | Error e) {
      found.complete(Optional.empty());
      test.completeExceptionally(e);
      mapImages.completeExceptionally(e);
    }
  }

  @Override
  public void writeTo(MetricsText text) {
    metrics.writeTo(text);
  }

  @Override
  public void close() {
    closed = true;
    batcher.close();
  }

  /** The last of all, when nothing computes any more. */
  void dismissTeam() {
    team.close();
  }
}
