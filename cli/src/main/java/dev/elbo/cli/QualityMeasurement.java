package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.Places;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Prior;
import dev.elbo.latent.Sampler;
import dev.elbo.quality.SampleQuality;
import dev.elbo.quality.TrainedClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Images from each sampler of a model, measured against the data that it was trained on. */
final class QualityMeasurement {
  /** As many as there are test images, which they are compared with, and no more than that. */
  private static final int MOST = 10_000;

  /** Of {@code elbo generate}, whose draws these are. */
  private static final long SEED = 0;

  private final ModelChoice.Chosen chosen;
  private final ModelData data;
  private final Threads threads;
  private final Console console;

  QualityMeasurement(ModelChoice.Chosen chosen, ModelData data, Threads threads, Console console) {
    this.chosen = chosen;
    this.data = data;
    this.threads = threads;
    this.console = console;
  }

  private record NamedSampler(String name, Sampler sampler) {}

  /**
   * Nothing, with a remark, where the data cannot judge the model's images.
   *
   * @param set as it lies on the disk
   */
  Optional<QualitySection> of(DataSet set) {
    if (!set.sha256().equals(chosen.model().datasetSha256())) {
      console.say(
          "note: sample quality is left out: it needs the images that the model was trained on");
      return Optional.empty();
    }
    try (Team team = new Team(threads.count())) {
      return Optional.of(measure(set, team));
    } catch (InputException e) {
      console.say("note: " + e.getMessage());
      return Optional.empty();
    }
  }

  private QualitySection measure(DataSet set, Team team) {
    ModelFile model = chosen.model();
    Path cache = Places.ofThisProcess().cache().resolve("classifier");
    TrainedClassifier classifier = new ClassifierCache(cache, console).find(set, team);
    Kernels kernels = Kernels.best();
    console.say("measuring the quality of samples …");
    SampleQuality quality = new SampleQuality(classifier, set, kernels, team);
    int count = Math.min(MOST, set.test().count());
    int pixels = set.test().size();
    List<QualitySection.Row> rows = new ArrayList<>();
    for (NamedSampler named : samplers()) {
      float[] images =
          new Decoder(model.vae(), kernels).decode(named.sampler.sample(count, kernels));
      rows.add(
          new QualitySection.Row(
              named.name,
              quality.of(
                  (row, values, offset) ->
                      System.arraycopy(images, row * pixels, values, offset, pixels),
                  count)));
    }
    rows.add(new QualitySection.Row("test images", quality.ofTestImages()));
    return new QualitySection(classifier.description(), classifier.testAccuracy(), SEED, rows);
  }

  private List<NamedSampler> samplers() {
    int latent = chosen.model().config().vae().latentSize();
    List<NamedSampler> samplers = new ArrayList<>();
    samplers.add(new NamedSampler("prior", new Prior(latent, SEED)));
    try {
      samplers.add(
          new NamedSampler(
              "mixture",
              new MixtureSampler(
                  new ModelMixture(chosen, data, threads, console).find(),
                  SEED,
                  1,
                  OptionalInt.empty())));
    } catch (InputException e) {
      // Where every dimension has collapsed there is none to fit.
      console.say("note: " + e.getMessage());
    }
    return samplers;
  }
}
