package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Batches;
import dev.elbo.data.Binarization;
import dev.elbo.data.Images;
import dev.elbo.evaluation.TestBound;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.model.Config;
import dev.elbo.picture.GreyImage;
import dev.elbo.picture.GreyImageReader;
import dev.elbo.picture.ImageGrid;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo reconstruct}. */
@Command(
    name = "reconstruct",
    sortOptions = false,
    sortSynopsis = false,
    header = "Writes originals and reconstructions side by side: image.png.",
    description = "Prints the error over the whole test set, or over the images given.")
final class ReconstructCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  @Mixin private ModelChoice choice;
  @Mixin private ModelData data;
  @Mixin private PictureOutput output;
  @Mixin private Threads threads;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "your own image (PNG, JPEG, GIF, BMP) instead of the test set; may be repeated")
  private List<Path> files = List.of();

  @Option(names = "-n", paramLabel = "N", description = "images to show (48)", defaultValue = "48")
  private int count;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "pairs in a row (6)",
      defaultValue = "6")
  private int columns;

  @Override
  public Integer call() {
    PictureOutput.checkRange("-n", count, 1, MOST);
    PictureOutput.checkRange("--columns", columns, 1, MOST);
    Console console = output.console();
    ModelChoice.Chosen chosen = choice.load(console);
    ModelFile model = chosen.model();
    Images images = files.isEmpty() ? data.of(chosen, console).test() : own(model, console);
    int shown = Math.min(files.isEmpty() ? count : files.size(), images.count());
    ImageGrid grid = output.grid(model.height(), model.width(), columns, 2L * shown);
    TestFigures figures = measure(model, images);
    Batches source = new Batches(images);
    float[] originals = new float[shown * images.size()];
    for (int i = 0; i < shown; i++) {
      source.fill(i, originals, i * images.size());
    }
    float[] means = new Encoder(model.vae()).encode(source, source::label, shown).mu();
    float[] reconstructions = new Decoder(model.vae()).decode(means, source::label);
    Path file = output.write(grid.drawBeside(originals, reconstructions), "image.png");
    report(figures, model.config(), images.count(), file);
    return 0;
  }

  private TestFigures measure(ModelFile model, Images images) {
    try (Team team = new Team(threads.count())) {
      return new TestBound(model.vae(), images, model.config().seed(), Kernels.best(), team)
          .measure();
    }
  }

  /** The user's images at the model's size, with 256 levels of grey like every data set. */
  private Images own(ModelFile model, Console console) {
    if (model.config().vae().labels().conditional()) {
      throw new InputException(
          "--image: expected a model that needs no class of an image, found a conditional one; leave --image out, or name another model");
    }
    int size = model.height() * model.width();
    byte[] pixels = new byte[files.size() * size];
    for (int i = 0; i < files.size(); i++) {
      GreyImage image = GreyImageReader.read(files.get(i), model.height(), model.width());
      image.note().ifPresent(console::say);
      for (int j = 0; j < size; j++) {
        pixels[i * size + j] = (byte) Math.round(255 * image.pixels()[j]);
      }
    }
    Images images =
        new Images(files.size(), model.height(), model.width(), pixels, Optional.empty());
    return model.config().data().binarization().ofTest(images, model.config().seed());
  }

  private void report(TestFigures figures, Config config, int images, Path file) {
    Binarization binarization = config.data().binarization();
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      object.put("images", images);
      object.put("binarization", binarization.toString());
      object.put("mse", Json.number(figures.mse()));
      object.put("reconstruction", Json.number(figures.reconstruction()));
      object.put("kl", Json.number(figures.kl()));
      object.put("kl_is_sampled", !config.vae().hasExactKl());
      object.put("elbo", Json.number(figures.elbo()));
      Json.print(object);
      return;
    }
    System.out.println(
        "%s %s images: MSE %s per pixel; reconstruction %s + %s %s = %s nats per image"
            .formatted(
                Numbers.grouped(images),
                binarization,
                Numbers.fixed(figures.mse(), 5),
                Numbers.fixed(figures.reconstruction(), 2),
                config.vae().klName(),
                Numbers.fixed(figures.kl(), 2),
                Numbers.fixed(-figures.elbo(), 2)));
    System.out.println("wrote " + file);
  }
}
