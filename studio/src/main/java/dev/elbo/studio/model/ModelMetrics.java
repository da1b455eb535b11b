package dev.elbo.studio.model;

import dev.elbo.studio.http.Histogram;
import dev.elbo.studio.http.MetricsSource;
import dev.elbo.studio.http.MetricsText;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a model does and how well it fits the images that it is given. For any number of threads.
 */
final class ModelMetrics implements MetricsSource {
  private static final double NANOS = 1e9;

  private final String model;
  private final Histogram batchRows = new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256);
  private final DoubleAdder seconds = new DoubleAdder();
  private final LongAdder refusals = new LongAdder();
  private volatile int waiting;

  private final double[] klSums;
  private double elboSum;
  private long scored;

  ModelMetrics(String model, int latent) {
    this.model = model;
    this.klSums = new double[latent];
  }

  void waiting(int jobs) {
    waiting = jobs;
  }

  void refused() {
    refusals.increment();
  }

  void batch(int rows, int left) {
    batchRows.add(rows);
    waiting = left;
  }

  /** What a batch took, without reading and writing. */
  void computed(long nanos) {
    seconds.add(nanos / NANOS);
  }

  /** Live traffic that was scored. */
  synchronized void scored(Scores scores) {
    int count = scores.kl().length;
    double[] kl = scores.codes().klPerDimension();
    for (int j = 0; j < klSums.length; j++) {
      klSums[j] += kl[j] * count;
    }
    for (int i = 0; i < count; i++) {
      elboSum += scores.elbo(i);
    }
    scored += count;
  }

  @Override
  public synchronized void writeTo(MetricsText text) {
    text.metric("elbo_queue_requests", "gauge", "Requests that wait for a model.")
        .value("elbo_queue_requests", waiting, "model", model);
    text.metric("elbo_queue_refusals_total", "counter", "Requests refused for a full queue.")
        .value("elbo_queue_refusals_total", refusals.sum(), "model", model);
    text.metric("elbo_batch_rows", "histogram", "Images or codes computed together.");
    batchRows.writeTo(text, "elbo_batch_rows", "model", model);
    text.metric("elbo_model_seconds_total", "counter", "Time that a model computed.")
        .value("elbo_model_seconds_total", seconds.sum(), "model", model);
    text.metric("elbo_live_images_total", "counter", "Images that requests had scored.")
        .value("elbo_live_images_total", scored, "model", model);
    if (scored == 0) {
      return;
    }
    text.metric("elbo_live_elbo_nats", "gauge", "Mean ELBO of those images.")
        .value("elbo_live_elbo_nats", elboSum / scored, "model", model);
    text.metric("elbo_live_kl_nats", "gauge", "Mean KL of each latent dimension over them.");
    for (int j = 0; j < klSums.length; j++) {
      text.value("elbo_live_kl_nats", klSums[j] / scored, "model", model, "dimension", "" + j);
    }
  }
}
