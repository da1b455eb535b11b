package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.data.Binarization;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.Settings;
import dev.elbo.model.VaeConfig;
import java.util.stream.Stream;

/** What of a model's shape is its data's: pixels and, where it is conditional, classes. */
public final class DataShape {
  private DataShape() {}

  /** The shape with the sizes that the data has. */
  public static VaeConfig fit(VaeConfig shape, DataSet data) {
    VaeConfig sized = shape.withInputSize(data.train().size());
    if (!shape.labels().conditional()) {
      return sized;
    }
    requireLabels(data);
    return sized.withLabels(new LabelConfig(true, classes(data)));
  }

  /** The input size and the classes are the data's, unless somebody asked for others. */
  public static Config fit(Config config, Settings settings, DataSet data) {
    int pixels = data.train().size();
    if (settings.isChosen(ConfigKey.INPUT_SIZE) && config.vae().inputSize() != pixels) {
      throw new InputException(
          "input_size: expected %d, as the images of %s have %d×%d pixels, found %d (from %s); leave it out"
              .formatted(
                  pixels,
                  data.name(),
                  data.train().height(),
                  data.train().width(),
                  config.vae().inputSize(),
                  settings.entries().get(ConfigKey.INPUT_SIZE).source()));
    }
    VaeConfig shape = fit(config.vae(), data);
    if (settings.isChosen(ConfigKey.CLASSES)) {
      shape = shape.withLabels(config.vae().labels());
    }
    Config fitted = config.withVae(shape).withDataset(data.name());
    return data.isBinarized() && !settings.isChosen(ConfigKey.BINARIZATION)
        ? fitted.with(ConfigKey.BINARIZATION, Binarization.STATIC)
        : fitted;
  }

  /** Refuses a shape that is not the data's. */
  static void require(VaeConfig shape, DataSet data) {
    if (shape.inputSize() != data.train().size()) {
      throw new InputException(
          "input_size: expected %d, the pixels of an image of %s, found %d; leave it out"
              .formatted(data.train().size(), data.name(), shape.inputSize()));
    }
    if (!shape.labels().conditional()) {
      return;
    }
    requireLabels(data);
    if (classes(data) > shape.labels().classes()) {
      throw new InputException(
          "classes: expected %d, as many as %s has, found %d; leave it out"
              .formatted(classes(data), data.name(), shape.labels().classes()));
    }
  }

  private static void requireLabels(DataSet data) {
    if (parts(data).anyMatch(part -> part.labels().isEmpty())) {
      throw new InputException(
          "conditional: expected data with labels, found %s without; leave --conditional out"
              .formatted(data.name()));
    }
  }

  private static int classes(DataSet data) {
    return parts(data).mapToInt(Images::classes).max().orElseThrow();
  }

  private static Stream<Images> parts(DataSet data) {
    return Stream.concat(Stream.of(data.train(), data.test()), data.validation().stream());
  }
}
