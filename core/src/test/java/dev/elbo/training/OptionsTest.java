package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.Batches;
import dev.elbo.distribution.Calibration;
import dev.elbo.evaluation.SigmaCalibration;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option of a training keeps the promises: the same bits on any threads, after any stop. */
class OptionsTest {
  @TempDir Path folder;

  static Stream<String> options() {
    return Stream.of(
        "binarization=dynamic",
        "binarization=threshold",
        "adam_beta1=0.8 adam_beta2=0.99 adam_epsilon=0.0001",
        "optimizer=adamw weight_decay=0.1",
        "clip_norm=0.5",
        "ema=0.9",
        "lr_schedule=cosine",
        "lr_schedule=steps lr_steps=1,3 lr_factor=0.5",
        "lr_schedule=burda",
        "warmup=1.5",
        "kl_warmup=2.5",
        "output_bias=data",
        "objective=iwae samples=3",
        "objective=dreg samples=4 kl_warmup=2",
        "samples=2",
        "free_bits=0.1",
        "likelihood=calibrated-gaussian",
        "likelihood=calibrated-gaussian ema=0.9 validation=20 binarization=dynamic",
        "likelihood=pixel-gaussian",
        "likelihood=continuous-bernoulli output_bias=data",
        "activation=gated",
        "prior=vamp pseudo_inputs=7",
        "prior=vamp pseudo_inputs=9 activation=gated ema=0.9 validation=20 binarization=dynamic"
            + " kl_warmup=2",
        "hidden_size=12,9/5 latent_size=4,2",
        "hidden_size=12,9/5/4 latent_size=4,3,2 objective=dreg samples=3 clip_norm=1",
        "conditional=true classes=5 binarization=dynamic",
        "conditional=true classes=5 hidden_size=9/5 latent_size=4,2 validation=20",
        "validation=20",
        "validation=20 patience=1 lr=0.2",
        "binarization=dynamic optimizer=adamw weight_decay=0.01 clip_norm=2 ema=0.99"
            + " lr_schedule=cosine warmup=0.5 kl_warmup=1 output_bias=data validation=13"
            + " patience=3");
  }

  @ParameterizedTest
  @MethodSource("options")
  void aStopAnywhereChangesNoByte(String options) throws IOException {
    Config config = Options.with(Runs.CONFIG, options);
    RunFolder whole = Runs.whole(folder.resolve("whole"), config);
    assertThat(Runs.modelBytes(whole))
        .isNotEqualTo(Runs.modelBytes(Runs.whole(folder.resolve("usual"), Runs.CONFIG)));
    int[] stops = {1, 8, 13};
    for (int steps : stops) {
      RunFolder run = new RunFolder(folder.resolve("run-" + steps));
      if (!Runs.start(run, config, 2, Runs.afterSteps(steps))) {
        assertThat(Runs.resume(run, 3, () -> false)).isTrue();
      }
      Runs.assertSame(run, whole);
    }
    try (Resumption resumption = Resumption.open(whole, notice -> {})) {
      assertThat(resumption.isFinished()).isTrue();
    }
  }

  /** Those under which training does not end by itself before step 9. */
  static Stream<String> longOptions() {
    return options().filter(options -> !options.contains("lr=0.2"));
  }

  /** A process that dies saves nothing: the run goes on from the end of an epoch before. */
  @ParameterizedTest
  @MethodSource("longOptions")
  void aDeathBetweenCheckpointsChangesNoByte(String options) throws IOException {
    Config config = Options.with(Runs.CONFIG, options);
    RunFolder whole = Runs.whole(folder.resolve("whole"), config);
    RunFolder run = new RunFolder(folder.resolve("run"));
    BooleanSupplier dying = Runs.afterSteps(9);
    assertThatThrownBy(
            () ->
                Runs.start(
                    run,
                    config,
                    1,
                    () -> {
                      if (dying.getAsBoolean()) {
                        throw new IllegalStateException("dead");
                      }
                      return false;
                    }))
        .hasMessage("dead");
    assertThat(Runs.checkpoints(run).get(0).getFileName().toString())
        .isNotEqualTo("step-0000000009.safetensors");
    assertThat(Runs.resume(run, 2, () -> false)).isTrue();
    Runs.assertSame(run, whole);
  }

  @ParameterizedTest
  @MethodSource("options")
  void plainAndVectorKernelsOnAnyThreadsGiveTheSameBits(String options) {
    Config config = Options.with(Runs.CONFIG, options);
    List<float[]> expected = weights(config, Kernels.plain(), 1);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(weights(config, Kernels.best(), threads)).containsExactlyElementsOf(expected);
    }
  }

  private static List<float[]> weights(Config config, Kernels kernels, int threads) {
    try (Trainer trainer = new Trainer(config, Runs.DATA, kernels, threads)) {
      trainer.run(event -> {}, () -> trainer.step() == 9);
      return Stream.of(trainer.vae(), trainer.model())
          .flatMap(vae -> vae.parameters().stream())
          .map(Parameter::toArray)
          .toList();
    }
  }

  /** Options that are on but have nothing to do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip_norm=1000000",
        "optimizer=adamw",
        "lr_schedule=steps lr_steps=100",
        "warmup=0.01",
        "kl_warmup=0.01",
        "objective=elbo samples=1"
      })
  void anOptionWithNothingToDoChangesNoBit(String options) {
    assertThat(weights(Options.with(Runs.CONFIG, options), Kernels.best(), 2))
        .containsExactlyElementsOf(weights(Runs.CONFIG, Kernels.best(), 2));
  }

  /** σ is that of the first training images, decoded from the draws of the test stream. */
  @Test
  void aCalibratedSigmaIsTheRootOfTheErrorOfTheWeightsAtTheEndOfAnEpoch() {
    Config config = Options.with(Runs.CONFIG, "likelihood=calibrated-gaussian");
    try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1);
        Team team = new Team(1)) {
      trainer.run(event -> {}, () -> false);
      Batches batches = new Batches(Runs.DATA.train());
      Calibration calibration =
          new SigmaCalibration(trainer.vae(), batches, 83, config.seed(), Kernels.best(), team)
              .measure();
      List<Parameter> parameters = trainer.vae().parameters();
      Parameter variance = parameters.get(parameters.size() - 1);
      assertThat(variance.name()).isEqualTo("output_variance");
      assertThat(variance.toArray()).containsExactly((float) calibration.variance());
      assertThat(calibration.sigma()).isBetween(0.001, 0.9);
    }
  }

  @Test
  void averagingLeavesTheTrainedWeightsAlone() {
    Config config = Options.with(Runs.CONFIG, "ema=0.9");
    try (Trainer usual = new Trainer(Runs.CONFIG, Runs.DATA, Kernels.best(), 1);
        Trainer averaging = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      usual.run(event -> {}, () -> usual.step() == 9);
      averaging.run(event -> {}, () -> averaging.step() == 9);
      assertThat(bits(averaging.vae())).containsExactlyElementsOf(bits(usual.vae()));
      assertThat(averaging.model()).isNotSameAs(averaging.vae());
      assertThat(averaging.result()).isSameAs(averaging.model());
    }
  }

  private static List<float[]> bits(Vae vae) {
    return vae.parameters().stream().map(Parameter::toArray).toList();
  }

  @Test
  void theModelOfTheBestEpochIsKept() {
    Config config = Options.with(Runs.CONFIG, "validation=20 num_epochs=12 lr=0.05 patience=3");
    RunFolder run = Runs.whole(folder.resolve("run"), config);
    List<EpochMetrics> rows = new MetricsFile(run.metrics(), RunFolder.files()).read();
    EpochMetrics best = rows.stream().min((a, b) -> Double.compare(loss(a), loss(b))).orElseThrow();
    ModelFile model = ModelFile.of(SafeTensors.read(run.model()), "model");
    assertThat(model.step()).isEqualTo(best.step());
    assertThat(model.figures().get("test_reconstruction"))
        .isEqualTo(Numbers.text(best.test().reconstruction()));
    assertThat(rows.get(rows.size() - 1).epoch()).isEqualTo(Math.min(12, best.epoch() + 3));
    assertThat(best.epoch()).isLessThan(12);
  }

  private static double loss(EpochMetrics row) {
    return row.validation().orElseThrow().loss();
  }

  @Test
  void theWeightOfTheKlRisesFromZero() {
    Config config = Options.with(Runs.CONFIG, "kl_warmup=1 num_epochs=1");
    EpochMetrics.TrainFigures train = firstStep(config);
    double share = (train.loss() - train.reconstruction()) / train.kl();
    double halfAFloat = 1e-4; // the loss is a float of about 30 nats, the KL about 0.3
    assertThat(share).isBetween(0.8 / 6 - halfAFloat, 0.8 / 6 + halfAFloat);
  }

  private static EpochMetrics.TrainFigures firstStep(Config config) {
    EpochMetrics.TrainFigures[] first = new EpochMetrics.TrainFigures[1];
    try (Trainer trainer = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      trainer.run(event -> {}, () -> trainer.step() == 1);
      EpochSums sums = trainer.state().sums();
      first[0] = sums.means(16);
    }
    return first[0];
  }
}
