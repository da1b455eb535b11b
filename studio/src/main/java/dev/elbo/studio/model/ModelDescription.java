package dev.elbo.studio.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.evaluation.LatentDimension;
import dev.elbo.model.Config;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.studio.http.Json;
import dev.elbo.tensor.Parameter;
import java.util.Optional;

/** What the API says of a model. */
final class ModelDescription {
  private ModelDescription() {}

  /** A line of the list. */
  static ObjectNode brief(ServedModel served) {
    ModelFile model = served.file();
    Config config = model.config();
    return Json.object()
        .put("id", served.id())
        .put("name", served.source().name())
        .put("dataset", config.dataset())
        .put("height", model.height())
        .put("width", model.width())
        .put("latent_size", config.vae().latentSize())
        .put("likelihood", config.vae().likelihood().toString())
        .put("beta", config.beta())
        .put("conditional", config.vae().labels().conditional())
        .put("binarization", config.data().binarization().toString());
  }

  static ObjectNode whole(ServedModel served, DecoderLayout layout) {
    ObjectNode node = brief(served);
    node.put("preparing", served.isPreparing());
    dimensions(served, node.putArray("dimensions"));
    ArrayNode samplers = node.putArray("samplers").add("prior");
    if (served.hasMixture()) {
      samplers.add("mixture");
    }
    classes(served, node.putArray("classes"));
    served
        .images()
        .ifPresentOrElse(
            found ->
                node.putObject("images")
                    .put("dataset", found.dataset())
                    .put("stands_in", found.standsIn())
                    .put("count", found.images().count())
                    .put("test_count", found.testCount()),
            () -> node.putNull("images"));
    decoder(layout, node.putArray("decoder"));
    node.put("output", layout.output());
    sigma(served.file()).ifPresentOrElse(of -> node.put("sigma", of), () -> node.putNull("sigma"));
    test(served.file(), node.putObject("test"));
    return node;
  }

  private static void dimensions(ServedModel served, ArrayNode array) {
    served
        .testImages()
        .ifPresent(
            test -> {
              for (LatentDimension dimension : test.health().dimensions()) {
                array
                    .addObject()
                    .put("index", dimension.index())
                    .put("kl", dimension.kl())
                    .put("mean", dimension.mean())
                    .put("variance", dimension.variance())
                    .put("activity", dimension.activity())
                    .put("active", dimension.isActive());
              }
            });
  }

  /** Those of the images at hand; of a conditional model those that it knows. */
  private static void classes(ServedModel served, ArrayNode array) {
    boolean conditional = served.vae().labels().conditional();
    int count =
        conditional
            ? served.vae().labels().classes()
            : served.images().map(found -> found.testClasses()).orElse(0);
    for (int label = 0; label < count; label++) {
      array.add(String.valueOf(label));
    }
  }

  private static void decoder(DecoderLayout layout, ArrayNode array) {
    for (DecoderLayout.Layer layer : layout.layers()) {
      ObjectNode node =
          array
              .addObject()
              .put("inputs", layer.inputs())
              .put("outputs", layer.outputs())
              .put("activation", layer.activation())
              .put("weight_offset", layer.weight())
              .put("bias_offset", layer.bias());
      if (layer.gateWeight() >= 0) {
        node.put("gate_weight_offset", layer.gateWeight());
        node.put("gate_bias_offset", layer.gateBias());
      }
    }
  }

  /** Of a Gaussian likelihood with one σ for all pixels. */
  private static Optional<Double> sigma(ModelFile model) {
    LikelihoodKind kind = model.config().vae().likelihood();
    if (kind == LikelihoodKind.GAUSSIAN) {
      return Optional.of(Vae.SIGMA);
    }
    return model.vae().parameters().stream()
        .filter(parameter -> parameter.name().equals("output_variance"))
        .map(Parameter::toArray)
        .map(variance -> Math.sqrt(variance[0]))
        .findFirst();
  }

  /** As the model file says, over the test images that it was trained beside. */
  private static void test(ModelFile model, ObjectNode node) {
    put(node, "elbo", model.figures().get("test_elbo"));
    put(node, "reconstruction", model.figures().get("test_reconstruction"));
    put(node, "kl", model.figures().get("test_kl"));
  }

  private static void put(ObjectNode node, String name, String figure) {
    if (figure == null) {
      node.putNull(name);
    } else {
      node.put(name, Double.parseDouble(figure));
    }
  }
}
