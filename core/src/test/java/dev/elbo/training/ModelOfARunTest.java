package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.data.ContentHash;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.evaluation.SelfTest;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOfARunTest {
  private static final int EPOCHS = 2;

  @TempDir static Path shared;
  private static RunFolder run;

  @TempDir Path folder;

  /** Trains with plain kernels, since those of a process are chosen once. */
  static final class PlainTraining {
    private PlainTraining() {}

    public static void main(String[] arguments) {
      RunFolder folder = new RunFolder(Path.of(arguments[0]));
      Runs.start(folder, Runs.config(EPOCHS, 0.003), 3, () -> false);
    }
  }

  @BeforeAll
  static void trainOnce() {
    run = Runs.whole(shared.resolve("run"), Runs.config(EPOCHS, 0.003));
  }

  /**
   * Weights of pixels that the data never inks may be of any size: only the self-test sees them.
   */
  @Test
  void aModelWhoseSelfTestIsNotFiniteIsKeptWithoutIt() {
    int blank = 18;
    int size = Runs.CONFIG.vae().inputSize();
    Vae from = new Vae(Runs.CONFIG.vae(), 99);
    for (Parameter parameter : from.parameters()) {
      if (parameter.name().equals("encoder.0.weight")) {
        float[] values = parameter.toArray();
        for (int i = 0; i < values.length; i++) {
          values[i] = i % size < blank ? Float.MAX_VALUE : values[i];
        }
        parameter.set(values);
      }
    }
    Images train = blanked(Runs.DATA.train(), blank);
    Images test = blanked(Runs.DATA.test(), blank);
    DataSet data = new DataSet("blobs", train, test, ContentHash.of(train, test), "generated");
    Config config =
        Runs.config(EPOCHS, 0.003).with(ConfigKey.FROM_SHA256, TrainingRun.digest(from));
    RunFolder blind = new RunFolder(folder.resolve("blind"));
    try (TrainingRun training = TrainingRun.start(blind, config, data, Optional.of(from), 1)) {
      assertThat(training.train(event -> {}, () -> false)).isTrue();
    }
    ModelFile model = ModelFile.of(SafeTensors.read(blind.model()), "model");
    assertThat(model.figures()).containsKey("test_elbo").doesNotContainKey(SelfTest.FIGURE);
    assertThat(ModelFile.of(SafeTensors.read(run.model()), "model").figures())
        .containsKey(SelfTest.FIGURE);
  }

  private static Images blanked(Images images, int blank) {
    byte[] pixels = images.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % images.size() < blank ? 0 : pixels[i];
    }
    return new Images(images.count(), images.height(), images.width(), pixels, images.labels());
  }

  @Test
  void theBytesDependNeitherOnThreadsNorOnKernels() throws Exception {
    RunFolder two = new RunFolder(folder.resolve("two"));
    assertThat(Runs.start(two, Runs.config(EPOCHS, 0.003), 2, () -> false)).isTrue();
    Runs.assertSame(two, run);
    RunFolder plain = new RunFolder(folder.resolve("plain"));
    try (ChildJvm child =
        ChildJvm.start(
            List.of("-Duser.language=ar", "-Duser.country=EG"),
            Map.of("ELBO_KERNELS", "plain"),
            PlainTraining.class,
            plain.path())) {
      assertThat(child.exit()).isZero();
    }
    assertThat(Files.readString(plain.environment())).contains("\"kernels\" : \"plain\"");
    Runs.assertSame(plain, run);
  }

  @Test
  void theHeaderHoldsNoFactOfTheHost() throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>(SafeTensors.read(run.model()).metadata());
    assertThat(metadata.keySet())
        .containsExactly(
            "config",
            "dataset",
            "dataset_sha256",
            "figure.active_units",
            "figure.self_test_elbo",
            "figure.test_elbo",
            "figure.test_kl",
            "figure.test_loss",
            "figure.test_mse",
            "figure.test_reconstruction",
            "format",
            "image_height",
            "image_width",
            "seed",
            "step");
    String text = new String(Runs.modelBytes(run), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .doesNotContain(shared.toString(), "thread", "java", "seconds", "generated", "202");
  }

  @Test
  void itsFiguresAreThoseOfTheLastRowAndOfItsWeights() {
    ModelFile model = ModelFile.of(SafeTensors.read(run.model()), "model");
    List<EpochMetrics> rows = new MetricsFile(run.metrics(), RunFolder.files()).read();
    TestFigures test = rows.get(EPOCHS - 1).test();
    assertThat(Double.parseDouble(model.figures().get("test_mse"))).isEqualTo(test.mse());
    assertThat(Double.parseDouble(model.figures().get("test_elbo"))).isEqualTo(test.elbo());
    assertThat(Double.parseDouble(model.figures().get("test_loss")))
        .isEqualTo(test.loss(0.8))
        .isEqualTo(rows.get(EPOCHS - 1).testLoss());
    assertThat(model.step()).isEqualTo((long) EPOCHS * Runs.STEPS_PER_EPOCH);
    assertThat(model.datasetSha256()).isEqualTo(Runs.DATA.sha256());
  }

  @Test
  void aCheckpointIsNoModelAndAModelNoCheckpoint() throws IOException {
    TensorFile checkpoint = SafeTensors.read(Runs.checkpoints(run).get(0));
    assertThatThrownBy(() -> ModelFile.of(checkpoint, "c"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "c: expected an entry \"image_height\" in its metadata, found none; it is not a file of this kind");
    TensorFile model = SafeTensors.read(run.model());
    assertThatThrownBy(() -> TrainingState.of(model, "m"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "m: expected an entry \"images\" in its metadata, found none; it is not a file of this kind");
  }

  @Test
  void aCheckpointOfAnotherFormatIsRefused() throws IOException {
    TensorFile checkpoint = SafeTensors.read(Runs.checkpoints(run).get(0));
    SortedMap<String, String> metadata = new TreeMap<>(checkpoint.metadata());
    metadata.put("format", "elbo-2");
    TensorFile later = new TensorFile(metadata, checkpoint.tensors());
    assertThatThrownBy(() -> TrainingState.of(later, "c"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "c: expected format elbo-1, found elbo-2; use the version of elbo that wrote it");
  }
}
