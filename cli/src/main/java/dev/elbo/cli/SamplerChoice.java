package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Nearest;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Sampler;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.PriorKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which distribution of codes to draw from, and how boldly. */
final class SamplerChoice {
  private static final String PRIOR = "prior";
  private static final String MIXTURE = "mixture";
  private static final String VAMP = "vamp";
  private static final double HOTTEST = 10;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      split = ",",
      defaultValue = PRIOR,
      description =
          "prior, or mixture: Gaussians fitted at first use to the codes of the training images, or"
              + " vamp, the prior of a model trained with --prior vamp; several, such as"
              + " prior,mixture, side by side (prior)")
  private List<String> names;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "factor on the deviation of the draws; below 1 they are more alike (1)")
  private double temperature;

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description = "draws of one class alone; of a conditional model, or with --sampler mixture")
  private Integer label;

  /** One or more. */
  List<String> names() {
    return names;
  }

  /** The class asked for. */
  OptionalInt label() {
    return label == null ? OptionalInt.empty() : OptionalInt.of(label);
  }

  /**
   * The sampler; of the class asked for, where it knows classes.
   *
   * @param mixture asked for only where it is needed
   */
  Sampler sampler(String name, Vae vae, long seed, Supplier<Mixture> mixture) {
    if (!name.equals(MIXTURE)) {
      return Sampler.prior(vae, seed, temperature);
    }
    Mixture found = mixture.get();
    checkLabel(found);
    return new MixtureSampler(found, seed, temperature, label());
  }

  /** For a conditional model, of each class; a mixture without classes is the same for all. */
  IntFunction<Sampler> ofClass(String name, Vae vae, long seed, Supplier<Mixture> mixture) {
    if (!name.equals(MIXTURE)) {
      Sampler prior = Sampler.prior(vae, seed, temperature);
      return of -> prior;
    }
    Mixture found = mixture.get();
    return of ->
        new MixtureSampler(
            found,
            seed,
            temperature,
            found.hasClass(of) ? OptionalInt.of(of) : OptionalInt.empty());
  }

  void check() {
    names.forEach(SamplerChoice::checkName);
    if (!(temperature >= 0 && temperature <= HOTTEST)) {
      throw new InputException(
          "--temperature: expected a number from 0 to 10, found %s; 1 is the default"
              .formatted(temperature));
    }
  }

  private static void checkName(String name) {
    List<String> known = List.of(PRIOR, MIXTURE, VAMP);
    if (!known.contains(name)) {
      String wayOut =
          Nearest.to(name, known).map(near -> "did you mean " + near + "?").orElse("change it");
      throw new InputException(
          "--sampler: expected prior, mixture or vamp, found \"%s\"; %s".formatted(name, wayOut));
    }
  }

  /** What only some models have. */
  void checkFor(VaeConfig model) {
    if (names.contains(VAMP) && model.prior().kind() != PriorKind.VAMP) {
      throw new InputException(
          "--sampler: expected prior or mixture for a model with the prior %s, found vamp; change it"
              .formatted(model.prior().kind()));
    }
    if (label == null) {
      return;
    }
    LabelConfig labels = model.labels();
    if (labels.conditional() && (label < 0 || label >= labels.classes())) {
      throw new InputException(
          "--label: expected a class from 0 to %d, found %d; change it"
              .formatted(labels.classes() - 1, label));
    }
    Optional<String> blind = names.stream().filter(name -> !name.equals(MIXTURE)).findFirst();
    if (!labels.conditional() && blind.isPresent()) {
      throw new InputException(
          "--label: expected a conditional model, or a sampler that knows classes, found %s; add --sampler mixture"
              .formatted(blind.get()));
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
    object.put("sampler", String.join(",", names));
    object.put("temperature", Json.number(temperature));
    if (label != null) {
      object.put("label", label);
    }
  }
}
