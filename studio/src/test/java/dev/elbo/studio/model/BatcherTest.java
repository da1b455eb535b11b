package dev.elbo.studio.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.model.Vae;
import dev.elbo.studio.http.MetricsText;
import dev.elbo.studio.http.Problem;
import dev.elbo.tensor.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BatcherTest {
  private static final int PIXELS = 784;
  private static final int CLIENTS = 16;
  private static final int REQUESTS = 60;

  private final ModelSource source = ModelSource.pretrained();
  private final Vae vae = source.model().vae();
  private final ModelMetrics metrics = new ModelMetrics("m", vae.config().latentSize());

  private Plans plans(Kernels kernels) {
    return new Plans(inference(kernels));
  }

  private Inference inference(Kernels kernels) {
    return new Inference(vae, source.model().config().seed(), kernels);
  }

  /** Images of another density each, so that a wrong row cannot be right by chance. */
  private static Rows images(int seed, int count) {
    float[] values = new float[count * PIXELS];
    Noise noise = Noise.of(seed);
    for (int j = 0; j < values.length; j++) {
      double draw = noise.uniform(j);
      values[j] = (float) (draw < 0.1 * (seed % 9) ? draw : 0);
    }
    return new Rows(count, values, Rows.NO_LABELS);
  }

  @Test
  void answersHaveTheSameBitsAloneAndInAnyCompanyAndWithAnyKernels() throws Exception {
    Inference alone = inference(Kernels.plain());
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Batcher batcher = new Batcher("m", plans(Kernels.best()), 1000, metrics)) {
      List<Future<List<Object>>> answers = new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        answers.add(
            clients.submit(
                () -> {
                  start.await();
                  List<Object> own = new ArrayList<>();
                  for (int i = 0; i < REQUESTS; i++) {
                    own.add(ask(batcher, number * REQUESTS + i));
                  }
                  return own;
                }));
      }
      start.countDown();
      for (int client = 0; client < CLIENTS; client++) {
        List<Object> own = answers.get(client).get();
        for (int i = 0; i < REQUESTS; i++) {
          int number = client * REQUESTS + i;
          assertThat(own.get(i))
              .as("request %d", number)
              .usingRecursiveComparison()
              .isEqualTo(expected(alone, number));
        }
      }
    } finally {
      clients.shutdownNow();
    }
    MetricsText text = new MetricsText();
    metrics.writeTo(text);
    long batches = count(text.toString(), "elbo_batch_rows_count");
    assertThat(batches).isLessThan((long) CLIENTS * REQUESTS);
  }

  private static long count(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Object ask(Batcher batcher, int number) throws Exception {
    Rows images = images(number, 1 + number % 5);
    try (Batcher.Arrival arrival = batcher.arrive()) {
      return switch (number % 3) {
        case 0 -> arrival.encode(images).get();
        case 1 -> arrival.reconstruct(images).get();
        default -> arrival.score(images).get();
      };
    }
  }

  private static Object expected(Inference alone, int number) {
    int count = 1 + number % 5;
    Rows all = images(number, count);
    // One image at a time: the smallest batch there is.
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] pixels = Arrays.copyOfRange(all.values(), i * PIXELS, (i + 1) * PIXELS);
      Rows one = new Rows(1, pixels, Rows.NO_LABELS);
      parts.add(
          switch (number % 3) {
            case 0 -> alone.encode(one);
            case 1 -> alone.reconstruct(one);
            default -> alone.score(one);
          });
    }
    return switch (number % 3) {
      case 0 -> codes(parts.stream().map(Codes.class::cast).toList());
      case 1 -> joined(parts.stream().map(float[].class::cast).toList());
      default -> {
        List<Scores> scores = parts.stream().map(Scores.class::cast).toList();
        yield new Scores(
            scores.stream().mapToDouble(score -> score.reconstruction()[0]).toArray(),
            scores.stream().mapToDouble(score -> score.kl()[0]).toArray(),
            codes(scores.stream().map(Scores::codes).toList()));
      }
    };
  }

  private static Codes codes(List<Codes> parts) {
    return new Codes(
        parts.size(),
        parts.get(0).latentSize(),
        joined(parts.stream().map(Codes::mu).toList()),
        joined(parts.stream().map(Codes::logVar).toList()));
  }

  private static float[] joined(List<float[]> parts) {
    int size = parts.get(0).length;
    float[] all = new float[parts.size() * size];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * size, size);
    }
    return all;
  }

  @Test
  void largeBatchesOfATeamHaveTheBitsOfOneImageAfterTheOther() throws Exception {
    Inference alone = inference(Kernels.plain());
    try (Team team = new Team(3)) {
      long seed = source.model().config().seed();
      Inference wide = new Inference(vae, seed, Kernels.best(), team, 96);
      Plans plans = new Plans(inference(Kernels.best()), wide);
      int count = Plans.WIDE + 57;
      Rows all = images(5, count);
      try (Batcher batcher = new Batcher("m", plans, 10, metrics)) {
        Scores scores = batcher.arrive().score(all).get();
        float[] decoded = batcher.arrive().reconstruct(all).get();
        for (int i = 0; i < count; i++) {
          float[] pixels = Arrays.copyOfRange(all.values(), i * PIXELS, (i + 1) * PIXELS);
          Rows one = new Rows(1, pixels, Rows.NO_LABELS);
          assertThat(Arrays.copyOfRange(decoded, i * PIXELS, (i + 1) * PIXELS))
              .isEqualTo(alone.reconstruct(one));
          assertThat(scores.part(i, 1)).usingRecursiveComparison().isEqualTo(alone.score(one));
        }
      }
    }
  }

  @Test
  void whatWaitsWhileAnotherIsBeingReadIsRunTogether() throws Exception {
    try (Batcher batcher = new Batcher("m", plans(Kernels.plain()), 100, metrics)) {
      Batcher.Arrival slow = batcher.arrive();
      List<CompletableFuture<Codes>> early = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        early.add(batcher.arrive().encode(images(i, 1)));
      }
      slow.encode(images(9, 1)).get();
      for (CompletableFuture<Codes> one : early) {
        one.get();
      }
    }
    MetricsText text = new MetricsText();
    metrics.writeTo(text);
    assertThat(count(text.toString(), "elbo_batch_rows_count")).isLessThanOrEqualTo(2);
  }

  @Test
  void oneThatNeverArrivesHoldsTheOthersForTheStatedDelayAlone() throws Exception {
    try (Batcher batcher = new Batcher("m", plans(Kernels.plain()), 100, metrics)) {
      batcher.arrive().encode(images(1, 1)).get();
      try (Batcher.Arrival stuck = batcher.arrive()) {
        assertThat(stuck).isNotNull();
        long begun = System.nanoTime();
        batcher.arrive().encode(images(2, 1)).get();
        // The delay, the arithmetic of one image, and what a busy machine adds.
        assertThat(System.nanoTime() - begun)
            .isBetween(Batcher.DELAY_NANOS, 500 * Batcher.DELAY_NANOS);
      }
    }
  }

  @Test
  void moreThanMayWaitAreRefusedAndTheOthersAnswered() throws Exception {
    try (Batcher batcher = new Batcher("m", plans(Kernels.plain()), 4, metrics)) {
      List<CompletableFuture<Scores>> taken = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  taken.add(batcher.arrive().score(images(i, 2000)));
                }
              })
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(503);
                assertThat(problem.retryAfterSeconds()).isEqualTo(1);
              })
          .hasMessage(
              "server: expected at most 4 requests waiting, found as many; try again in a second");
      assertThat(taken.size()).isBetween(4, 20);
      for (CompletableFuture<Scores> one : taken) {
        assertThat(one.get().kl()).hasSize(2000);
      }
    }
  }

  @Test
  void closingAnswersWhatWaitsAndThenRefuses() throws Exception {
    Batcher batcher = new Batcher("m", plans(Kernels.plain()), 100, metrics);
    List<CompletableFuture<float[]>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(batcher.arrive().reconstruct(images(i, 50)));
    }
    batcher.close();

    for (CompletableFuture<float[]> one : waiting) {
      assertThat(one.isDone()).isTrue();
      assertThat(one.get()).hasSize(50 * PIXELS);
    }
    assertThatThrownBy(() -> batcher.arrive().encode(images(1, 1))).isInstanceOf(Problem.class);
  }
}
