package dev.elbo.studio.model;

import dev.elbo.studio.http.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a model's thread computes. */
final class Inferring {
  private static final long PATIENCE_SECONDS = 30;

  private Inferring() {}

  static float[] decode(ServedModel model, Rows codes) {
    try (Batcher.Arrival arrival = model.batcher().arrive()) {
      return await(arrival.decode(codes));
    }
  }

  static <R> R await(CompletableFuture<R> result) {
    try {
      return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw Problem.busy("server: expected an answer of the model by now; try again in a second");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("server: stopping");
    }
  }
}
