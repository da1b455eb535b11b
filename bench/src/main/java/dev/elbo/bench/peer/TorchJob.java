package dev.elbo.bench.peer;

import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.randperm;

import dev.elbo.data.Images;
import dev.elbo.data.Role;
import dev.elbo.model.Config;
import dev.elbo.picture.ImageGrid;
import dev.elbo.picture.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The whole job in libtorch: read the same files, train the default model, pass over the test set
 * after each epoch for the same figures, draw a grid of reconstructions and one of draws. It saves
 * no checkpoints and no model, which Elbo does. Arguments: data folder, epochs, folder to write.
 */
public final class TorchJob {
  private static final double BETA = Config.DEFAULT.beta();
  private static final int BATCH = Config.DEFAULT.batchSize();
  private static final int LATENT = Config.DEFAULT.vae().latentSize();
  private static final int TEST_BATCH = 256;

  /** {@code Reduction::Sum}. */
  private static final long SUM = 2;

  private static final int PAIRS = 48;
  private static final int DRAWS = 64;

  private final TorchVae vae = new TorchVae(Config.DEFAULT.vae().hiddenSizes(), LATENT);
  private final Adam adam =
      new Adam(vae.parameters(), new AdamOptions(Config.DEFAULT.learningRate()));
  private final Tensor train; // [images, pixels]
  private final Tensor test;

  private TorchJob(Images train, Images test) {
    this.train = TorchStep.resident(train);
    this.test = TorchStep.resident(test);
  }

  public static void main(String[] arguments) throws IOException {
    Images train = Digits.load(arguments[0], Role.TRAIN_IMAGES);
    Images test = Digits.load(arguments[0], Role.TEST_IMAGES);
    TorchJob job = new TorchJob(train, test);
    for (int epoch = 1; epoch <= Integer.parseInt(arguments[1]); epoch++) {
      double loss = job.epoch();
      System.out.printf(Locale.ROOT, "%d %.3f %s%n", epoch, loss, job.testFigures());
    }
    job.draw(Path.of(arguments[2]), test.height(), test.width());
    System.out.flush();
    System.exit(0);
  }

  /** One pass in a new order, the last partial batch kept; the mean loss. */
  private double epoch() {
    long images = train.size(0);
    double sum = 0;
    try (PointerScope pass = new PointerScope()) {
      Tensor order = randperm(images);
      for (long start = 0; start < images; start += BATCH) {
        try (PointerScope temporaries = new PointerScope()) {
          long rows = Math.min(BATCH, images - start);
          Tensor x = train.index_select(0, order.narrow(0, start, rows)); // [rows, pixels]
          adam.zero_grad();
          Tensor loss = TorchVae.loss(vae.pass(x, randn(rows, LATENT)), x, BETA);
          loss.backward();
          adam.step();
          sum += rows * loss.item_float();
        }
      }
    }
    return sum / images;
  }

  /** Reconstruction and KL by one draw, MSE of the decoded mean. */
  private String testFigures() {
    long images = test.size(0);
    double reconstruction = 0;
    double kl = 0;
    double squares = 0;
    try (NoGradGuard guard = new NoGradGuard()) {
      for (long start = 0; start < images; start += TEST_BATCH) {
        try (PointerScope temporaries = new PointerScope()) {
          long rows = Math.min(TEST_BATCH, images - start);
          Tensor x = test.narrow(0, start, rows);
          TorchVae.Pass pass = vae.pass(x, randn(rows, LATENT));
          reconstruction += TorchVae.reconstruction(pass, x).item_float();
          kl += TorchVae.kl(pass).item_float();
          squares += mse_loss(vae.decode(pass.mu()).sigmoid(), x, SUM).item_float();
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "%.3f %.3f %.5f",
        reconstruction / images,
        kl / images,
        squares / images / Work.PIXELS);
  }

  private void draw(Path folder, int height, int width) throws IOException {
    Files.createDirectories(folder);
    int scale = ImageGrid.comfortableScale(height, width);
    try (NoGradGuard guard = new NoGradGuard();
        PointerScope temporaries = new PointerScope()) {
      Tensor x = test.narrow(0, 0, PAIRS);
      Tensor mu = vae.pass(x, randn(PAIRS, LATENT)).mu();
      float[] reconstructions = floats(vae.decode(mu).sigmoid());
      Files.write(
          folder.resolve("image.png"),
          Png.bytes(new ImageGrid(height, width, 6, scale).drawBeside(floats(x), reconstructions)));
      float[] draws = floats(vae.decode(randn(DRAWS, LATENT)).sigmoid());
      Files.write(
          folder.resolve("generated.png"),
          Png.bytes(new ImageGrid(height, width, 8, scale).draw(draws)));
    }
  }

  /** The values of a tensor, row after row. */
  static float[] floats(Tensor tensor) {
    try (PointerScope temporaries = new PointerScope()) {
      float[] values = new float[(int) tensor.numel()];
      new FloatPointer(tensor.contiguous().data_ptr()).get(values);
      return values;
    }
  }
}
