package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Nearest;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Prior;
import dev.elbo.latent.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which distribution of codes to draw from, and how boldly. */
final class SamplerChoice {
  private static final String PRIOR = "prior";
  private static final String MIXTURE = "mixture";
  private static final double HOTTEST = 10;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = PRIOR,
      description =
          "prior, or mixture: Gaussians fitted at first use to the codes of the training images"
              + " (prior)")
  private String name;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "factor on the deviation of the draws; below 1 they are more alike (1)")
  private double temperature;

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description = "draws of one class alone; with --sampler mixture")
  private Integer label;

  /**
   * @param mixture asked for only where it is needed
   */
  Sampler sampler(int latentSize, long seed, Supplier<Mixture> mixture) {
    if (name.equals(PRIOR)) {
      return new Prior(latentSize, seed, temperature);
    }
    Mixture found = mixture.get();
    checkLabel(found);
    OptionalInt only = label == null ? OptionalInt.empty() : OptionalInt.of(label);
    return new MixtureSampler(found, seed, temperature, only);
  }

  void check() {
    List<String> names = List.of(PRIOR, MIXTURE);
    if (!names.contains(name)) {
      String wayOut =
          Nearest.to(name, names).map(near -> "did you mean " + near + "?").orElse("change it");
      throw new InputException(
          "--sampler: expected prior or mixture, found \"%s\"; %s".formatted(name, wayOut));
    }
    if (!(temperature >= 0 && temperature <= HOTTEST)) {
      throw new InputException(
          "--temperature: expected a number from 0 to 10, found %s; 1 is the default"
              .formatted(temperature));
    }
    if (label != null && !name.equals(MIXTURE)) {
      throw new InputException(
          "--label: expected a sampler that knows classes, found %s; add --sampler mixture"
              .formatted(name));
    }
  }

  private void checkLabel(Mixture mixture) {
    if (label == null || mixture.hasClass(label)) {
      return;
    }
    if (mixture.classes().length == 0) {
      throw new InputException(
          "--label: expected data with labels, found a mixture fitted without; leave it out");
    }
    String classes =
        Arrays.stream(mixture.classes())
            .distinct()
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    throw new InputException(
        "--label: expected one of %s, found %d; change it".formatted(classes, label));
  }

  void report(ObjectNode object) {
    object.put("sampler", name);
    object.put("temperature", Json.number(temperature));
    if (label != null) {
      object.put("label", label);
    }
  }
}
