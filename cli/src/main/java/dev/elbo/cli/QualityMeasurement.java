package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.data.DataSet;
import dev.elbo.data.Places;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.LabelledDraws;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Sampler;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.Vae;
import dev.elbo.quality.SampleQuality;
import dev.elbo.quality.TrainedClassifier;
import dev.elbo.tensor.RowSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

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

  /** A sampler of each class; the same one where it knows of none. */
  private record Named(String name, IntFunction<Sampler> ofClass) {}

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
    Path cache = Places.ofThisProcess().cache().resolve("classifier");
    TrainedClassifier classifier = new ClassifierCache(cache, console).find(set, team);
    Kernels kernels = Kernels.best();
    console.say("measuring the quality of samples …");
    SampleQuality quality = new SampleQuality(classifier, set, kernels, team);
    int count = Math.min(MOST, set.test().count());
    int pixels = set.test().size();
    List<QualitySection.Row> rows = new ArrayList<>();
    for (Named named : samplers()) {
      float[] images = images(named.ofClass, count, kernels);
      RowSource source =
          (row, values, offset) -> System.arraycopy(images, row * pixels, values, offset, pixels);
      rows.add(new QualitySection.Row(named.name, quality.of(source, count)));
    }
    rows.add(new QualitySection.Row("test images", quality.ofTestImages()));
    return new QualitySection(classifier.description(), classifier.testAccuracy(), SEED, rows);
  }

  /** E[x|z]; of a conditional model, with classes drawn alike. */
  private float[] images(IntFunction<Sampler> ofClass, int count, Kernels kernels) {
    Vae vae = chosen.model().vae();
    Decoder decoder = new Decoder(vae, kernels);
    LabelConfig labels = vae.config().labels();
    if (!labels.conditional()) {
      return decoder.decode(ofClass.apply(0).sample(count, kernels));
    }
    LabelledDraws draws = LabelledDraws.mixed(ofClass, labels.classes(), count, SEED, kernels);
    return decoder.decode(draws.z(), draws::label);
  }

  private List<Named> samplers() {
    Vae vae = chosen.model().vae();
    Sampler prior = Sampler.prior(vae, SEED, 1);
    List<Named> samplers = new ArrayList<>();
    samplers.add(new Named(vae.pseudoInputs().isPresent() ? "vamp" : "prior", of -> prior));
    try {
      Mixture mixture = new ModelMixture(chosen, data, threads, console).find();
      samplers.add(new Named("mixture", of -> drawing(mixture, of)));
    } catch (InputException e) {
      // Where every dimension has collapsed there is none to fit.
      console.say("note: " + e.getMessage());
    }
    return samplers;
  }

  private Sampler drawing(Mixture mixture, int label) {
    boolean conditional = chosen.model().config().vae().labels().conditional();
    boolean known = conditional && mixture.hasClass(label);
    return new MixtureSampler(
        mixture, SEED, 1, known ? OptionalInt.of(label) : OptionalInt.empty());
  }
}
