package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration file that comes with the program: a published training, by name. */
public record Preset(String name, String description) {
  /** Every one; the files lie beside this class. */
  public static final List<Preset> ALL =
      List.of(
          new Preset(
              "burda-1l",
              "Burda et al. 2015, one stochastic layer, VAE with k = 1: 784-200-200-50, tanh,"
                  + " dynamic MNIST, 3,280 epochs; their NLL is 86.76"),
          new Preset(
              "burda-2l",
              "the same with two stochastic layers: 784-200-200-100-100-100-50; their NLL is 85.33"),
          new Preset(
              "vamp",
              "Tomczak and Welling 2018, VampPrior of 500 pseudo-inputs, one stochastic layer:"
                  + " 784-300-300-40, gated, MNIST binarized once; their NLL is 85.57"),
          new Preset(
              "pythae",
              "pythae's VAE: 784-400-40, relu, MNIST binarized once, 500 epochs, the best on the"
                  + " validation images; NLL 89.8 to 89.9"),
          new Preset(
              "best-mlp",
              "the lowest NLL of dynamic MNIST found here: two stochastic layers, gated, averaged"
                  + " weights, 130 epochs; 85.17 at 100 draws"));

  /**
   * @throws InputException where there is none of that name
   */
  public static Preset of(String name) {
    List<String> names = ALL.stream().map(Preset::name).toList();
    return ALL.stream()
        .filter(preset -> preset.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "preset: expected one of %s, found %s; %s"
                        .formatted(
                            String.join(", ", names),
                            name,
                            nearest(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("elbo presets describes them"))));
  }

  /** The first that begins so, else the nearest. */
  private static Optional<String> nearest(String name, List<String> names) {
    return names.stream()
        .filter(candidate -> candidate.startsWith(name))
        .findFirst()
        .or(() -> Nearest.to(name, names));
  }

  /** The file. */
  public String json() {
    try (InputStream in = Preset.class.getResourceAsStream("preset/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the preset " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its values, to be laid over the defaults. */
  public Map<ConfigKey, Settings.Entry> values() {
    return ConfigJson.read(json(), "preset " + name);
  }
}
