package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.kernel.Kernels;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.LabelledDraws;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.Sampler;
import dev.elbo.model.Vae;
import dev.elbo.picture.ImageGrid;
import dev.elbo.picture.SideBySide;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
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
            + " more like the data. A run keeps its mixture in mixture.safetensors. A conditional"
            + " model gives a row for each class, or with -n draws of classes drawn alike.")
final class GenerateCommand implements Callable<Integer> {
  private static final int MOST = 100_000;
  private static final int COUNT = 64;

  @Mixin private ModelChoice choice;
  @Mixin private SamplerChoice samplerChoice;
  @Mixin private ModelData data;
  @Mixin private PictureOutput output;
  @Mixin private Threads threads;

  @Option(names = "-n", paramLabel = "N", description = "how many (64)")
  private Integer count;

  @Option(names = "--columns", paramLabel = "N", description = "in a row (8)", defaultValue = "8")
  private int columns;

  @Option(names = "--seed", paramLabel = "N", description = "of the draws (0)", defaultValue = "0")
  private long seed;

  @Override
  public Integer call() {
    int asked = count == null ? COUNT : count;
    PictureOutput.checkRange("-n", asked, 1, MOST);
    PictureOutput.checkRange("--columns", columns, 1, MOST);
    samplerChoice.check();
    Console console = output.console();
    ModelChoice.Chosen chosen = choice.load(console);
    ModelFile model = chosen.model();
    samplerChoice.checkFor(model.config().vae());
    int drawn = isGridOfClasses(model) ? classes(model) * columns : asked;
    List<String> names = samplerChoice.names();
    ImageGrid grid =
        output.grid(model.height(), model.width(), columns, (long) drawn * names.size());
    Kernels kernels = Kernels.of(drawn * model.config().vae().weights());
    Supplier<Mixture> mixture = () -> new ModelMixture(chosen, data, threads, console).find();
    List<BufferedImage> grids = new ArrayList<>();
    for (String name : names) {
      grids.add(grid.draw(images(name, model, drawn, kernels, mixture)));
    }
    Path file = output.write(SideBySide.draw(grids), "generated.png");
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      object.put("images", drawn);
      object.put("seed", seed);
      samplerChoice.report(object);
      Json.print(object);
    } else {
      System.out.println("wrote " + file);
    }
    return 0;
  }

  private static int classes(ModelFile model) {
    return model.config().vae().labels().classes();
  }

  private boolean isGridOfClasses(ModelFile model) {
    boolean isConditional = model.config().vae().labels().conditional();
    return isConditional && count == null && samplerChoice.label().isEmpty();
  }

  private float[] images(
      String name, ModelFile model, int drawn, Kernels kernels, Supplier<Mixture> mixture) {
    Vae vae = model.vae();
    Decoder decoder = new Decoder(vae, kernels);
    if (!vae.config().labels().conditional()) {
      return decoder.decode(samplerChoice.sampler(name, vae, seed, mixture).sample(drawn, kernels));
    }
    IntFunction<Sampler> ofClass = samplerChoice.ofClass(name, vae, seed, mixture);
    LabelledDraws draws;
    if (samplerChoice.label().isPresent()) {
      int label = samplerChoice.label().getAsInt();
      draws = LabelledDraws.of(ofClass.apply(label), label, drawn, kernels);
    } else if (isGridOfClasses(model)) {
      draws = LabelledDraws.rows(ofClass, classes(model), columns, kernels);
    } else {
      draws = LabelledDraws.mixed(ofClass, classes(model), drawn, seed, kernels);
    }
    return decoder.decode(draws.z(), draws::label);
  }
}
