package dev.elbo.bench.peer;

import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.randn;

import dev.elbo.data.Images;
import dev.elbo.model.Config;
import java.util.Random;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A step of libtorch as fast as its C++ front end does it: the data one resident tensor of floats,
 * a batch taken by {@code index_select}, autograd, its own Adam, all temporaries freed at once.
 */
final class TorchStep implements Task {
  private static final double BETA = Config.DEFAULT.beta();

  private final TorchVae vae;
  private final Adam adam;
  private final Tensor data; // [images, pixels]
  private final long[] order;
  private final int batch;
  private final int latent;
  private final Random random = new Random(1);
  private int next;

  TorchStep(Work.Step work, Images images) {
    order = LongStream.range(0, images.count()).toArray();
    next = order.length;
    this.batch = Math.min(work.batch(), images.count());
    this.latent = work.latent();
    data = resident(images);
    vae = new TorchVae(work.hidden(), work.latent());
    adam = new Adam(vae.parameters(), new AdamOptions(Config.DEFAULT.learningRate()));
  }

  /** Images as a tensor that owns its memory, [images, pixels]. */
  static Tensor resident(Images images) {
    try (FloatPointer pointer = new FloatPointer(Digits.floats(images))) {
      return from_blob(pointer, new long[] {images.count(), images.size()}).clone();
    }
  }

  @Override
  public Lap run(int steps, long limitNanos) {
    return Lap.of(steps, limitNanos, this::step);
  }

  private double step() {
    try (PointerScope temporaries = new PointerScope()) {
      if (next + batch > order.length) {
        shuffle();
      }
      LongPointer chosen = new LongPointer(batch).put(order, next, batch);
      next += batch;
      Tensor index = from_blob(chosen, new long[] {batch}, new TensorOptions(ScalarType.Long));
      Tensor x = data.index_select(0, index); // [batch, pixels]
      adam.zero_grad();
      TorchVae.Pass pass = vae.pass(x, randn(batch, latent));
      Tensor loss = TorchVae.loss(pass, x, BETA);
      loss.backward();
      adam.step();
      return loss.item_float();
    }
  }

  /** Fisher and Yates. */
  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    next = 0;
  }

  @Override
  public void close() {
    data.close();
    adam.close();
    vae.close();
  }
}
