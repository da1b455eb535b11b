package dev.elbo.training;

import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.LayerSizes;
import dev.elbo.model.PriorConfig;
import dev.elbo.model.VaeConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Steps on made-up images while a data set is read, by a processor that would wait meanwhile: the
 * JIT compiler then has the code of a step ready when training begins. Their results are dropped; a
 * training computes the same bits with or without them.
 */
public final class WarmUp {
  /** As many images as make two batches of most configurations. */
  private static final int IMAGES = 256;

  /** A layer is compiled as well on fewer units; the memory of a large model is not spent twice. */
  private static final int LARGEST_SIZE = 1024;

  private static final int ENDLESS = 1_000_000;

  private final Config config;
  private volatile boolean over;

  private WarmUp(Config config) {
    this.config = smaller(config);
  }

  /** What {@code work} gives; meanwhile steps of such a configuration are made. */
  public static <T> T during(Config config, Supplier<T> work) {
    if (Runtime.getRuntime().availableProcessors() == 1) {
      return work.get();
    }
    WarmUp warmUp = new WarmUp(config);
    Thread thread = new Thread(warmUp::steps, "elbo-warm-up");
    thread.setDaemon(true);
    thread.start();
    try {
      return work.get();
    } finally {
      // It ends with its step; nobody need wait for that.
      warmUp.over = true;
    }
  }

  private void steps() {
    try (Trainer trainer = new Trainer(config, images(config), Kernels.best(), 1)) {
      trainer.run(event -> {}, () -> over);
    } catch (RuntimeException | OutOfMemoryError refused) {
      // Training itself meets the same obstacle, if it is one, and says so.
    }
  }

  private static Config smaller(Config config) {
    VaeConfig vae = config.vae();
    VaeConfig small =
        new VaeConfig(
            Math.min(vae.inputSize(), LARGEST_SIZE),
            vae.layers().stream().map(WarmUp::smaller).toList(),
            vae.activation(),
            vae.likelihood(),
            new PriorConfig(vae.prior().kind(), Math.min(vae.prior().pseudoInputs(), IMAGES)),
            vae.labels());
    return new Config(
        small,
        Math.min(config.batchSize(), IMAGES),
        ENDLESS,
        config.learningRate(),
        config.klWeight(),
        config.seed(),
        "");
  }

  private static LayerSizes smaller(LayerSizes layer) {
    List<Integer> hidden =
        layer.hidden().stream().map(size -> Math.min(size, LARGEST_SIZE)).toList();
    return new LayerSizes(hidden, Math.min(layer.latent(), LARGEST_SIZE));
  }

  /** Zero for four pixels of five, as MNIST is, so that the first layer leaves zeros out. */
  private static DataSet images(Config config) {
    int size = config.vae().inputSize();
    byte[] pixels = new byte[IMAGES * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 5 == i / size % 5 ? 1 + i % 255 : 0);
    }
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) (i % config.vae().labels().classes());
    }
    Images train = new Images(IMAGES, 1, size, pixels, Optional.of(labels));
    return new DataSet("", train, train, "", "");
  }
}
