package dev.elbo.training;

import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.latent.LabelledDraws;
import dev.elbo.latent.Sampler;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.Vae;
import dev.elbo.picture.ImageGrid;
import dev.elbo.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** The pictures of a run: the first test images beside their reconstructions, and draws. */
final class RunPictures {
  private static final int PAIRS = 48;
  private static final int PAIR_COLUMNS = 6;
  private static final int DRAWS = 64;
  private static final int DRAW_COLUMNS = 8;

  private final DurableFiles files;
  private final Encoder encoder;
  private final Decoder decoder;
  private final Batches source;
  private final float[] originals;
  private final int height;
  private final int width;
  private final Sampler prior;
  private final LabelConfig labels;

  RunPictures(Vae vae, Images test, long seed, DurableFiles files) {
    this.files = files;
    encoder = new Encoder(vae);
    decoder = new Decoder(vae);
    source = new Batches(test);
    height = test.height();
    width = test.width();
    prior = Sampler.prior(vae, seed, 1);
    labels = vae.config().labels();
    int count = Math.min(PAIRS, test.count());
    originals = new float[count * height * width];
    for (int i = 0; i < count; i++) {
      source.fill(i, originals, i * height * width);
    }
  }

  void writeReconstructions(Path file) {
    int count = originals.length / (height * width);
    Codes codes = encoder.encode(source, source::label, count);
    float[] reconstructions = decoder.decode(codes.mu(), source::label);
    write(grid(PAIR_COLUMNS).drawBeside(originals, reconstructions), file);
  }

  /** Decoded from the same draws of the prior each time. */
  void writeDraws(Path file) {
    write(grid(DRAW_COLUMNS).draw(draws()), file);
  }

  /** Of a conditional model a row for each class. */
  private float[] draws() {
    if (!labels.conditional()) {
      return decoder.decode(prior.sample(DRAWS));
    }
    LabelledDraws draws =
        LabelledDraws.rows(label -> prior, labels.classes(), DRAW_COLUMNS, Kernels.best());
    return decoder.decode(draws.z(), draws::label);
  }

  private ImageGrid grid(int columns) {
    return new ImageGrid(height, width, columns, ImageGrid.comfortableScale(height, width));
  }

  private void write(BufferedImage picture, Path file) {
    files.createFolder(file.toAbsolutePath().getParent());
    try {
      files.write(file, Png.bytes(picture));
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be drawn", e);
    }
  }
}
