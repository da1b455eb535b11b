package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.kernel.Kernels;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Prior;
import dev.elbo.picture.ImageGrid;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo generate}. */
@Command(
    name = "generate",
    sortOptions = false,
    sortSynopsis = false,
    description = "Draws from the prior, decodes, and writes a grid: generated.png.")
final class GenerateCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  @Mixin private ModelChoice choice;
  @Mixin private PictureOutput output;

  @Option(names = "-n", paramLabel = "N", description = "how many (64)", defaultValue = "64")
  private int count;

  @Option(names = "--columns", paramLabel = "N", description = "in a row (8)", defaultValue = "8")
  private int columns;

  @Option(names = "--seed", paramLabel = "N", description = "of the draws (0)", defaultValue = "0")
  private long seed;

  @Override
  public Integer call() {
    PictureOutput.checkRange("-n", count, 1, MOST);
    PictureOutput.checkRange("--columns", columns, 1, MOST);
    Console console = output.console();
    ModelFile model = choice.load(console).model();
    ImageGrid grid = output.grid(model.height(), model.width(), columns, count);
    Kernels kernels = Kernels.of(count * model.config().vae().weights());
    float[] z = new Prior(model.config().vae().latentSize(), seed).sample(count, kernels);
    float[] images = new Decoder(model.vae(), kernels).decode(z);
    Path file = output.write(grid.draw(images), "generated.png");
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      object.put("images", count);
      object.put("seed", seed);
      Json.print(object);
    } else {
      System.out.println("wrote " + file);
    }
    return 0;
  }
}
