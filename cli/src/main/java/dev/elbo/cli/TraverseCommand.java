package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.latent.Spread;
import dev.elbo.latent.Traversal;
import dev.elbo.picture.ImageGrid;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo traverse}. */
@Command(
    name = "traverse",
    sortOptions = false,
    sortSynopsis = false,
    header = "Writes a grid, a row for each of the most active latent dimensions: traversal.png.",
    description =
        "In a row that dimension runs from -reach to +reach while the others stay at the posterior"
            + " mean of one test digit. Activity is the mean KL of the dimension over the test set: to"
            + " the prior or, where that has no KL of a dimension, to a normal like all codes.")
final class TraverseCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final double LARGEST_REACH = 100;

  @Mixin private ModelChoice choice;
  @Mixin private ModelData data;
  @Mixin private PictureOutput output;

  @Option(
      names = "--index",
      paramLabel = "INDEX",
      description = "number of the digit in the test set (0)",
      defaultValue = "0")
  private int index;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "dimensions to show (10)",
      defaultValue = "10")
  private int rows;

  @Option(names = "--steps", paramLabel = "N", description = "in a row (11)", defaultValue = "11")
  private int steps;

  @Option(
      names = "--reach",
      paramLabel = "SIGMA",
      description = "how far, in standard deviations of that normal (3)",
      defaultValue = "3")
  private double reach;

  @Override
  public Integer call() {
    PictureOutput.checkRange("--rows", rows, 1, MOST);
    PictureOutput.checkRange("--steps", steps, 2, MOST);
    if (!(reach > 0 && reach <= LARGEST_REACH)) {
      throw new InputException(
          "--reach: expected a number above 0 and at most 100, found %s; 3 is the default"
              .formatted(reach));
    }
    Console console = output.console();
    ModelChoice.Chosen chosen = choice.load(console);
    ModelFile model = chosen.model();
    Images test = data.of(chosen, console).test();
    PictureOutput.checkRange("--index", index, 0, test.count() - 1);
    Codes codes = new Encoder(model.vae()).encode(new Batches(test), test::label, test.count());
    Spread spread = Spread.of(codes, model.config().vae());
    List<Integer> dimensions = Traversal.mostActive(spread.nats(), rows);
    ImageGrid grid =
        output.grid(model.height(), model.width(), steps, (long) dimensions.size() * steps);
    float[] z = Traversal.grid(codes.mean(index), dimensions, steps, reach, spread);
    float[] images = new Decoder(model.vae()).decode(z, code -> test.label(index));
    Path file = output.write(grid.draw(images), "traversal.png");
    report(file, dimensions, spread.nats());
    return 0;
  }

  private void report(Path file, List<Integer> dimensions, double[] kl) {
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      ArrayNode rowsOfGrid = object.putArray("rows");
      for (int dimension : dimensions) {
        ObjectNode row = rowsOfGrid.addObject();
        row.put("dimension", dimension);
        row.put("kl", Json.number(kl[dimension]));
      }
      Json.print(object);
      return;
    }
    for (int dimension : dimensions) {
      System.out.println(
          "dimension %2d: KL %s nats".formatted(dimension, Numbers.fixed(kl[dimension], 3)));
    }
    System.out.println("wrote " + file);
  }
}
