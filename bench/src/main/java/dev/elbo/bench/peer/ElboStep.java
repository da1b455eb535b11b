package dev.elbo.bench.peer;

import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.VaeConfig;
import dev.elbo.training.Trainer;
import dev.elbo.training.TrainingEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Elbo's own training loop on a thread of its own, halted between two steps while no lap runs: what
 * is measured is what {@code elbo train} does, shuffling and metrics included. Its test set is one
 * image, so that the pass over it at the end of an epoch costs nothing.
 */
public final class ElboStep implements Task {
  private static final int EPOCHS = 1_000_000;

  private record Order(int steps, long limitNanos) {
    static final Order END = new Order(0, 0);
  }

  private final Trainer trainer;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final BlockingQueue<Lap> laps = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile RuntimeException failure;
  private Order order;
  private long first;
  private long began;
  private double loss;

  public ElboStep(Work.Step work, Images images, int threads) {
    VaeConfig base = VaeConfig.DEFAULT;
    VaeConfig vae =
        new VaeConfig(
            images.size(), work.hidden(), work.latent(), base.activation(), base.likelihood());
    Config usual = Config.DEFAULT;
    Config config =
        new Config(
            vae, work.batch(), EPOCHS, usual.learningRate(), usual.klWeight(), usual.seed(), "");
    DataSet data = new DataSet("bench", images, Digits.first(images, 1), "", "memory");
    trainer = new Trainer(config, data, Kernels.best(), threads);
    thread = new Thread(this::train, "elbo-bench-trainer");
    thread.setDaemon(true);
    thread.start();
  }

  private void train() {
    try {
      trainer.run(this::listen, this::halt);
    } catch (RuntimeException e) {
      failure = e;
      laps.add(new Lap(0, 0, 0));
    }
  }

  private void listen(TrainingEvent event) {
    if (event instanceof TrainingEvent.Progress progress) {
      loss = progress.train().loss();
    }
  }

  /** Asked by the trainer before each step; returns once there is something to do. */
  private boolean halt() {
    long now = System.nanoTime();
    if (order != null) {
      int done = (int) (trainer.step() - first);
      if (done < order.steps() && (done == 0 || now - began < order.limitNanos())) {
        return false;
      }
      laps.add(new Lap(done, now - began, loss));
    }
    try {
      order = orders.take();
    } catch (InterruptedException e) {
      return true;
    }
    first = trainer.step();
    began = System.nanoTime();
    return order == Order.END;
  }

  /** The loss of a lap is the mean over the epoch so far, as the trainer last told it. */
  @Override
  public Lap run(int steps, long limitNanos) {
    orders.add(new Order(steps, limitNanos));
    try {
      Lap lap = laps.take();
      if (failure != null) {
        throw failure;
      }
      return lap;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while training", e);
    }
  }

  @Override
  public void close() {
    orders.add(Order.END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    trainer.close();
  }
}
