package dev.elbo.studio.model;

import dev.elbo.kernel.Kernels;
import dev.elbo.latent.LabelledDraws;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Sampler;
import dev.elbo.model.Vae;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Codes drawn from the prior or the mixture as a request asks. */
final class Draws {
  private static final double HOTTEST = 10;
  private static final int FARTHEST = 1_000_000_000;
  private static final int USUAL = 64;

  private final ServedModel model;
  private final String sampler;
  private final int count;
  private final int first;
  private final long seed;
  private final double temperature;
  private final OptionalInt label;

  Draws(ServedModel model, Request request) {
    this.model = model;
    sampler = request.word("sampler", List.of("prior", "mixture"));
    int most = RowsShape.codes(model.vae()).mostRows();
    count = (int) request.whole("n", Math.min(USUAL, most), 1, most);
    first = (int) request.whole("offset", 0, 0, FARTHEST);
    seed = request.whole("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    temperature = request.number("temperature", 1, 0, HOTTEST);
    label =
        request.query("label").isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of((int) request.whole("label", 0, 0, 255));
  }

  /** The same request gives the same codes; draw i of a seed is one code, wherever asked from. */
  Rows codes() {
    Kernels kernels = Kernels.plain();
    if (model.vae().labels().conditional()) {
      LabelledDraws draws = conditional(kernels);
      return new Rows(count, draws.z(), draws.labels());
    }
    return new Rows(count, one().sample(first, count, kernels), Rows.NO_LABELS);
  }

  private Sampler one() {
    if (sampler.equals("mixture")) {
      Mixture mixture = requireMixture();
      if (label.isPresent() && !mixture.hasClass(label.getAsInt())) {
        throw Problem.badValue(
            "label", "label: expected a class of the mixture, found " + label.getAsInt());
      }
      return new MixtureSampler(mixture, seed, temperature, label);
    }
    if (label.isPresent()) {
      throw Problem.badValue(
          "label",
          "label: expected a conditional model or sampler=mixture, found the prior, which knows no classes");
    }
    return Sampler.prior(vae(), seed, temperature);
  }

  private LabelledDraws conditional(Kernels kernels) {
    int classes = model.vae().labels().classes();
    IntFunction<Sampler> ofClass = ofClass();
    if (label.isEmpty()) {
      return LabelledDraws.mixed(ofClass, classes, first, count, seed, kernels);
    }
    int wanted = label.getAsInt();
    if (wanted >= classes) {
      throw Problem.badValue(
          "label", "label: expected a class from 0 to %d, found %d".formatted(classes - 1, wanted));
    }
    return LabelledDraws.of(ofClass.apply(wanted), wanted, first, count, kernels);
  }

  private IntFunction<Sampler> ofClass() {
    if (!sampler.equals("mixture")) {
      Sampler prior = Sampler.prior(vae(), seed, temperature);
      return of -> prior;
    }
    Mixture mixture = requireMixture();
    return of ->
        new MixtureSampler(
            mixture,
            seed,
            temperature,
            mixture.hasClass(of) ? OptionalInt.of(of) : OptionalInt.empty());
  }

  private Mixture requireMixture() {
    Optional<Mixture> mixture = model.mixture();
    return mixture.orElseThrow(
        () ->
            Problem.badValue(
                "sampler",
                "sampler: expected prior for a model without a fitted mixture, found mixture; elbo generate RUN --sampler mixture fits one"));
  }

  private Vae vae() {
    return model.file().vae();
  }
}
