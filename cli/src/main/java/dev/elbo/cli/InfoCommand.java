package dev.elbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.model.ConfigJson;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo info}. */
@Command(
    name = "info",
    sortOptions = false,
    sortSynopsis = false,
    description = "Shows what is in a model file: configuration, provenance, figures, tensors.")
final class InfoCommand implements Callable<Integer> {
  /** As {@link Numbers} writes them. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d+(\\.\\d+)?(E-?\\d+)?|Infinity)|NaN");

  @Mixin private ModelChoice choice;

  @Option(names = "--json", order = 141, description = "print it as JSON")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    ModelChoice.Chosen chosen = choice.load(Console.of(false));
    chosen.model().figures().forEach((name, text) -> requireNumber(chosen.name(), name, text));
    if (json) {
      Json.print(object(chosen));
    } else {
      print(chosen);
    }
    return 0;
  }

  private static void requireNumber(String file, String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new InputException(
          "%s: expected a number as \"figure.%s\", found \"%s\"; the file was altered"
              .formatted(file, name, text));
    }
  }

  private static void print(ModelChoice.Chosen chosen) {
    ModelFile model = chosen.model();
    System.out.println("configuration");
    System.out.print(ConfigJson.write(model.config()));
    System.out.println("  " + TrainingOutput.weight(model.config()));
    System.out.println();
    System.out.println("trained on");
    System.out.println(
        "  %s, %s images of %d×%d, %s steps"
            .formatted(
                model.config().dataset(),
                model.config().data().binarization(),
                model.height(),
                model.width(),
                Numbers.grouped(model.step())));
    System.out.println("  sha256 of the data " + model.datasetSha256());
    System.out.println();
    System.out.println(
        "figures of the %s test set (nats per image; mse per pixel)"
            .formatted(model.config().data().binarization()));
    System.out.println("  -test_elbo is a bound on the " + model.config().nllName());
    if (!model.config().vae().hasExactKl()) {
      System.out.println("  test_kl is sampled, log q(z|x) - log p(z) of one draw an image");
    }
    model.figures().forEach(InfoCommand::figure);
    System.out.println();
    System.out.println("tensors");
    long parameters = 0;
    for (NamedTensor tensor : chosen.file().tensors()) {
      System.out.println("  " + tensor.name() + " " + tensor.shape());
      parameters += tensor.values().length;
    }
    System.out.println("  " + Numbers.grouped(parameters) + " parameters");
  }

  /** To five decimals, as the other commands round; counts as they are. */
  private static void figure(String name, String text) {
    boolean isWhole = text.indexOf('.') < 0;
    System.out.println(
        "  %-19s %s".formatted(name, isWhole ? text : Numbers.fixed(Double.parseDouble(text), 5)));
  }

  private static ObjectNode object(ModelChoice.Chosen chosen) throws JsonProcessingException {
    ModelFile model = chosen.model();
    ObjectNode object = Json.object();
    object.put("model", chosen.name());
    object.set("config", new JsonMapper().readTree(ConfigJson.write(model.config())));
    object.put("alpha", Json.number(model.config().klWeight().alpha(model.config().vae())));
    object.put("beta", Json.number(model.config().beta()));
    object.put("binarization", model.config().data().binarization().toString());
    object.put("dataset_sha256", model.datasetSha256());
    object.put("image_height", model.height());
    object.put("image_width", model.width());
    object.put("step", model.step());
    ObjectNode figures = object.putObject("figures");
    model
        .figures()
        .forEach((name, text) -> figures.put(name, Json.number(Double.parseDouble(text))));
    ArrayNode tensors = object.putArray("tensors");
    for (NamedTensor tensor : chosen.file().tensors()) {
      ObjectNode row = tensors.addObject();
      row.put("name", tensor.name());
      ArrayNode shape = row.putArray("shape");
      tensor.shape().forEach(shape::add);
    }
    return object;
  }
}
