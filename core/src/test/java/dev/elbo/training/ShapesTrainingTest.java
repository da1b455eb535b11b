package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.ContentHash;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.data.PenDigits;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.LabelledDraws;
import dev.elbo.latent.Prior;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What training makes of models of several layers, with pseudo-inputs, or given labels. */
class ShapesTrainingTest {
  @TempDir Path folder;

  private static double[] meanOf(float[] images, int size, int from, int count) {
    double[] mean = new double[size];
    for (int i = from; i < from + count; i++) {
      for (int j = 0; j < size; j++) {
        mean[j] += images[i * size + j] / (double) count;
      }
    }
    return mean;
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j])).sum();
  }

  /** The mean image of each class. */
  private static double[][] classMeans(Images images) {
    double[][] means = new double[10][images.size()];
    int[] counts = new int[10];
    for (int i = 0; i < images.count(); i++) {
      counts[images.label(i)]++;
      for (int j = 0; j < images.size(); j++) {
        means[images.label(i)][j] += (images.pixels()[i * images.size() + j] & 0xff) / 255.0;
      }
    }
    for (int label = 0; label < 10; label++) {
      for (int j = 0; j < images.size(); j++) {
        means[label][j] /= counts[label];
      }
    }
    return means;
  }

  @Test
  void aConditionalModelDrawsTheDigitAskedFor() {
    Images train = PenDigits.images(3, PenDigits.Part.TRAIN, 0, 3000);
    Images test = PenDigits.images(3, PenDigits.Part.TEST, 0, 100);
    DataSet data = new DataSet("pen", train, test, ContentHash.of(train, test), "generated");
    Config config =
        Options.with(
            Config.DEFAULT, "conditional=true latent_size=8 batch_size=32 num_epochs=2 lr=0.003");
    double[][] means = classMeans(train);
    try (Trainer trainer = new Trainer(config, data, Kernels.best(), 2)) {
      trainer.run(event -> {}, () -> false);
      int columns = 20;
      LabelledDraws draws =
          LabelledDraws.rows(label -> new Prior(8, 1), 10, columns, Kernels.best());
      float[] images = new Decoder(trainer.vae()).decode(draws.z(), draws::label);
      for (int label = 0; label < 10; label++) {
        double[] mean = meanOf(images, train.size(), label * columns, columns);
        int nearest = 0;
        for (int other = 1; other < 10; other++) {
          if (distance(mean, means[other]) < distance(mean, means[nearest])) {
            nearest = other;
          }
        }
        assertThat(nearest).isEqualTo(label);
      }
    }
  }

  /** The test bound of each shape rises well above that of its first epoch. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prior=vamp pseudo_inputs=20",
        "hidden_size=12,9/6 latent_size=4,3",
        "activation=gated",
        "conditional=true classes=5"
      })
  void everyShapeLearns(String options) {
    Config config = Options.with(Runs.CONFIG, options + " lr=0.01 beta=1");
    try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      double before = trainer.measure().elbo();
      trainer.run(event -> {}, () -> false);
      assertThat(trainer.measure().elbo()).isGreaterThan(before + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prior=vamp pseudo_inputs=7 activation=gated",
        "hidden_size=12,9/5 latent_size=4,2",
        "conditional=true classes=5"
      })
  void aModelFileHoldsEveryShape(String options) throws IOException {
    Config config = Options.with(Runs.CONFIG, options + " num_epochs=1");
    RunFolder run = Runs.whole(folder.resolve("run"), config);
    ModelFile model = ModelFile.of(SafeTensors.read(run.model()), "m");
    assertThat(model.config()).isEqualTo(config);
    assertThat(SafeTensors.encode(model.toTensorFile())).isEqualTo(Runs.modelBytes(run));
    assertThat(run.generated()).exists();
  }

  /** Each is one of the images, drawn towards the middle, and no two are the same one. */
  @Test
  void pseudoInputsBeginAsTrainingImages() {
    Config config = Options.with(Runs.CONFIG, "prior=vamp pseudo_inputs=83");
    try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      Parameter logits = trainer.vae().pseudoInputs().orElseThrow();
      float[] values = logits.toArray(); // [pixels, K]
      Images train = Runs.DATA.train();
      long[] found = new long[83];
      for (int k = 0; k < 83; k++) {
        for (int image = 0; image < 83; image++) {
          if (isLike(values, k, train, image)) {
            found[image]++;
          }
        }
      }
      assertThat(found).containsOnly(1);
    }
  }

  private static boolean isLike(float[] logits, int k, Images images, int image) {
    for (int j = 0; j < images.size(); j++) {
      double pixel = (images.pixels()[image * images.size() + j] & 0xff) / 255.0;
      double kept = Math.min(0.95, Math.max(0.05, pixel));
      double value = 1 / (1 + StrictMath.exp(-logits[j * 83 + k]));
      if (Math.abs(value - kept) > 1e-5) {
        return false;
      }
    }
    return true;
  }

  @Test
  void trainingMovesPseudoInputs() {
    Config config = Options.with(Runs.CONFIG, "prior=vamp pseudo_inputs=7");
    try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      float[] before = trainer.vae().pseudoInputs().orElseThrow().toArray();
      trainer.run(event -> {}, () -> trainer.step() == 5);
      assertThat(trainer.vae().pseudoInputs().orElseThrow().toArray()).isNotEqualTo(before);
    }
  }

  @Test
  void dataThatDoesNotFitIsRefusedInOneSentence() {
    refused(
        "prior=vamp pseudo_inputs=84",
        Runs.DATA,
        "pseudo_inputs: expected at most 83, as many as there are training images, found 84; make"
            + " them fewer");
    refused(
        "conditional=true classes=4",
        Runs.DATA,
        "classes: expected 5, as many as blobs has, found 4; leave it out");
    refused(
        "conditional=true",
        Blobs.dataSet(83, 21, 5, 7),
        "conditional: expected data with labels, found blobs without; leave --conditional out");
    assertThatThrownBy(
            () ->
                DataShape.fit(
                    Options.with(Runs.CONFIG, "conditional=true").vae(),
                    Blobs.dataSet(83, 21, 5, 7)))
        .isInstanceOf(InputException.class);
    assertThat(DataShape.fit(Options.with(Runs.CONFIG, "conditional=true").vae(), Runs.DATA))
        .isEqualTo(Options.with(Runs.CONFIG, "conditional=true classes=5").vae());
  }

  private static void refused(String options, DataSet data, String message) {
    Config config = Options.with(Runs.CONFIG, options);
    assertThatThrownBy(() -> new Trainer(config, data, Kernels.best(), 1))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  /** While β rises the loss falls by itself or not; that is no reason to end. */
  @Test
  void patienceDoesNotWearWhileBetaRises() {
    String options = "validation=20 patience=1 lr=0.2 num_epochs=6 kl_warmup=";
    List<Long> steps =
        List.of(0, 4).stream()
            .map(
                warmup -> {
                  Config config = Options.with(Runs.CONFIG, options + warmup);
                  try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
                    trainer.run(event -> {}, () -> false);
                    return trainer.step();
                  }
                })
            .toList();
    assertThat(steps.get(0)).isLessThan(4 * 4L);
    assertThat(steps.get(1)).isGreaterThanOrEqualTo(4 * 4L);
  }

  @Test
  void oneModelIsSharedByThoseGivenLabels() {
    Config config = Options.with(Runs.CONFIG, "conditional=true classes=5");
    Vae vae = new Vae(config.vae(), 1);
    Tape tape = new Tape(1, Kernels.best(), new Team(1));
    List<Parameter> own = vae.parameters();
    List<Parameter> given = vae.given(tape, row -> 0).parameters();
    for (int i = 0; i < own.size(); i++) {
      assertThat(given.get(i)).isSameAs(own.get(i));
    }
  }
}
