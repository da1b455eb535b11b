package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Sampler;
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
    header = "Draws codes, decodes them, and writes a grid: generated.png.",
    description =
        "From the prior, or from a mixture that knows which codes real images have: its images look"
            + " more like the data. A run keeps its mixture in mixture.safetensors.")
final class GenerateCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  @Mixin private ModelChoice choice;
  @Mixin private SamplerChoice samplerChoice;
  @Mixin private ModelData data;
  @Mixin private PictureOutput output;
  @Mixin private Threads threads;

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
    samplerChoice.check();
    Console console = output.console();
    ModelChoice.Chosen chosen = choice.load(console);
    ModelFile model = chosen.model();
    ImageGrid grid = output.grid(model.height(), model.width(), columns, count);
    Sampler sampler =
        samplerChoice.sampler(
            model.config().vae().latentSize(),
            seed,
            () -> new ModelMixture(chosen, data, threads, console).find());
    float[] images = new Decoder(model.vae()).decode(sampler.sample(count));
    Path file = output.write(grid.draw(images), "generated.png");
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      object.put("images", count);
      object.put("seed", seed);
      samplerChoice.report(object);
      Json.print(object);
    } else {
      System.out.println("wrote " + file);
    }
    return 0;
  }
}
