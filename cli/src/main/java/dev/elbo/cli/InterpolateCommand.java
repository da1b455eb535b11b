package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.latent.Interpolation;
import dev.elbo.picture.ImageGrid;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo interpolate}. */
@Command(
    name = "interpolate",
    sortOptions = false,
    sortSynopsis = false,
    header = "Writes strips between two test digits: interpolation.png.",
    description =
        "Each begins and ends with an original; between them are decoded points of the straight"
            + " line between the two posterior means.")
final class InterpolateCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Mixin private ModelChoice choice;
  @Mixin private ModelData data;
  @Mixin private PictureOutput output;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      description = "number of the first digit in the test set (0)",
      defaultValue = "0")
  private int from;

  @Option(
      names = "--to",
      paramLabel = "INDEX",
      description = "number of the last digit; one strip to it, instead of --rows strips")
  private Integer to;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "strips, each from one test digit to the next (8)",
      defaultValue = "8")
  private int rows;

  @Option(names = "--steps", paramLabel = "N", description = "in a strip (9)", defaultValue = "9")
  private int steps;

  @Override
  public Integer call() {
    PictureOutput.checkRange("--steps", steps, 2, MOST);
    PictureOutput.checkRange("--rows", rows, 1, MOST);
    Console console = output.console();
    ModelChoice.Chosen chosen = choice.load(console);
    ModelFile model = chosen.model();
    Images test = data.of(chosen, console).test();
    int strips = to == null ? Math.min(rows, test.count() - 1) : 1;
    if (strips < 1) {
      throw new InputException(
          "interpolate: expected at least 2 test images, found %d; give other data with --data"
              .formatted(test.count()));
    }
    int last = test.count() - 1;
    PictureOutput.checkRange("--from", from, 0, to == null ? last - strips : last);
    if (to != null) {
      PictureOutput.checkRange("--to", to, 0, last);
    }
    ImageGrid grid =
        output.grid(model.height(), model.width(), steps + 2, (long) strips * (steps + 2));
    Strips drawn = new Strips(model, test);
    float[] images = new float[strips * (steps + 2) * test.size()];
    for (int i = 0; i < strips; i++) {
      int begin = from + i;
      drawn.draw(begin, to == null ? begin + 1 : to, images, i);
    }
    Path file = output.write(grid.draw(images), "interpolation.png");
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("file", file.toString());
      object.put("from", from);
      object.put("strips", strips);
      object.put("steps", steps);
      Json.print(object);
    } else {
      System.out.println("wrote " + file);
    }
    return 0;
  }

  private final class Strips {
    private final Encoder encoder;
    private final Decoder decoder;
    private final Batches source;
    private final int size;

    Strips(ModelFile model, Images test) {
      encoder = new Encoder(model.vae());
      decoder = new Decoder(model.vae());
      source = new Batches(test);
      size = test.size();
    }

    void draw(int begin, int end, float[] images, int strip) {
      int at = strip * (steps + 2) * size;
      float[] z = Interpolation.line(code(begin), code(end), steps);
      // Of a conditional model each code is decoded as of the class of the nearer end.
      float[] decoded = decoder.decode(z, step -> source.label(2 * step < steps ? begin : end));
      source.fill(begin, images, at);
      System.arraycopy(decoded, 0, images, at + size, decoded.length);
      source.fill(end, images, at + (steps + 1) * size);
    }

    private float[] code(int image) {
      return encoder
          .encode(
              (row, values, offset) -> source.fill(image, values, offset),
              row -> source.label(image),
              1)
          .mean(0);
    }
  }
}
