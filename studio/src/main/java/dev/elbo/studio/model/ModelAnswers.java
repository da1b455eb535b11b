package dev.elbo.studio.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the API says of a model, without a server.
 *
 * @param description as of {@code /models/{id}}
 * @param weights of the decoder, laid out as the description says
 * @param images of the map
 */
public record ModelAnswers(ObjectNode description, float[] weights, MapImages images) {

  /**
   * Finds, scores and encodes the images first.
   *
   * @param data where data sets may lie, before the usual places
   * @throws InputException where there are no images of the model's size
   */
  public static ModelAnswers of(ModelSource source, Optional<Path> data) {
    try (ServedModel served = new ServedModel(source)) {
      served.compare(new LocalImages(data));
      if (served.images().isEmpty()) {
        ModelFile model = source.model();
        throw new InputException(
            "%s: expected images of %d×%d pixels on this machine, found none; give their folder with --data"
                .formatted(source.name(), model.height(), model.width()));
      }
      DecoderLayout layout = DecoderLayout.of(source.model());
      return new ModelAnswers(
          ModelDescription.whole(served, layout), layout.weights(), served.requireMapImages());
    }
  }
}
