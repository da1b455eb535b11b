package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batches;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.evaluation.TestBound;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.Bound;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
  /** Sums of doubles in another order. */
  private static final double ORDER = 1e-9;

  /** Single precision of the forward pass against double. */
  private static final double SINGLE = 1e-5;

  /** The loop once more, with the losses kept by image instead of summed as they come. */
  @Test
  void trainFiguresAreMeansOverEveryImageOnce() {
    List<EpochMetrics> epochs = train(Runs.config(3, 0.003), Runs.DATA);
    Config config = Runs.CONFIG;
    Images images = Runs.DATA.train();
    Vae vae = new Vae(config.vae(), config.seed());
    Adam adam = new Adam(Kernels.plain(), vae.parameters());
    Batches batches = new Batches(images);
    PosteriorNoise eps = new PosteriorNoise(config.seed(), batches::image);
    int step = 0;
    try (Team team = new Team(1)) {
      Tape tape = new Tape(16, Kernels.plain(), team);
      Tensor x = tape.input("x", 35, batches);
      Bound bound = new Elbo(new Scalar(0.8)).of(vae, x, eps);
      tape.minimize(bound.loss());
      for (EpochMetrics epoch : epochs) {
        batches.shuffle(Noise.of(5).at(Noise.Purpose.SHUFFLE).at(epoch.epoch()));
        double[] reconstruction = new double[images.count()];
        double[] kl = new double[images.count()];
        int[] seen = new int[images.count()];
        for (int start = 0; start < images.count(); start += 16) {
          batches.startAt(start);
          eps.atStep(++step);
          adam.advance(step, 0.003);
          int rows = Math.min(16, images.count() - start);
          tape.step(rows, adam);
          for (int row = 0; row < rows; row++) {
            int image = batches.image(row);
            seen[image]++;
            reconstruction[image] = bound.reconstruction().values()[row];
            kl[image] = bound.kl().values()[row];
          }
        }
        assertThat(seen).containsOnly(1);
        double meanReconstruction = Arrays.stream(reconstruction).sum() / 83;
        double meanKl = Arrays.stream(kl).sum() / 83;
        EpochMetrics.TrainFigures told = epoch.train();
        assertThat(told.reconstruction()).isCloseTo(meanReconstruction, within(ORDER));
        assertThat(told.kl()).isCloseTo(meanKl, within(ORDER));
        assertThat(told.loss())
            .isCloseTo(meanReconstruction + 0.8 * meanKl, within(SINGLE * told.loss()));
        assertThat(epoch.step()).isEqualTo(step);
      }
    }
    assertThat(epochs).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(LikelihoodKind.class)
  void trainingLowersTheLossAndBeatsTheMeanImage(LikelihoodKind likelihood) {
    DataSet data = Blobs.dataSet(500, 100, 28, 28);
    VaeConfig vae = new VaeConfig(784, List.of(64), 8, Activation.RELU, likelihood);
    Config config = new Config(vae, 50, 12, 0.003, KlWeight.alpha(0.001), 0, "blobs");
    List<EpochMetrics> epochs = train(config, data);
    EpochMetrics first = epochs.get(0);
    EpochMetrics last = epochs.get(epochs.size() - 1);
    assertThat(last.train().loss()).isLessThan(first.train().loss());
    assertThat(last.testLoss()).isLessThan(first.testLoss());
    assertThat(last.test().mse()).isLessThan(0.7 * mseOfTheMeanImage(data));
    assertThat(last.test().activeUnits()).isBetween(2, 8);
  }

  @Test
  void aBatchLargerThanTheDataIsTheWholeOfThem() {
    Config larger = withBatch(500);
    List<EpochMetrics> epochs = train(larger, Runs.DATA);
    assertThat(epochs).extracting(EpochMetrics::step).containsExactly(1L, 2L, 3L, 4L);
    EpochMetrics exact = train(withBatch(83), Runs.DATA).get(3);
    assertThat(epochs.get(3).train()).isEqualTo(exact.train());
    assertThat(epochs.get(3).test()).isEqualTo(exact.test());
  }

  @Test
  void batchesOfOneImageWork() {
    List<EpochMetrics> epochs = train(withBatch(1), Runs.DATA);
    assertThat(epochs).extracting(EpochMetrics::step).containsExactly(83L, 166L, 249L, 332L);
    assertThat(epochs.get(3).testLoss()).isLessThan(epochs.get(0).testLoss());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17})
  void dataSetsOfFewImagesWork(int count) {
    List<EpochMetrics> epochs = train(Runs.CONFIG, Blobs.dataSet(count, 1, 5, 7));
    assertThat(epochs).hasSize(4);
    assertThat(epochs.get(3).step()).isEqualTo(4L * ((count + 15) / 16));
  }

  /** Shards of the evaluation hold 256 rows; every image counts once, the last shard's too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 600})
  void testFiguresAreMeansOverAllImagesHoweverManyThreads(int count) {
    Images images = Blobs.images(count, 5, 7, Noise.of(3));
    Vae vae = new Vae(Runs.CONFIG.vae(), 5);
    TestFigures one = measure(vae, images, 1);
    assertThat(measure(vae, images, 3)).isEqualTo(one);
    double reconstruction = 0;
    double kl = 0;
    Batches batches = new Batches(images);
    try (Team team = new Team(1)) {
      Tape tape = new Tape(1, Kernels.plain(), team);
      PosteriorNoise noise = new PosteriorNoise(5, batches::image);
      Tensor x = tape.input("x", 35, batches);
      Bound bound = new Elbo(new Scalar(1)).of(vae, x, noise);
      for (int i = 0; i < count; i++) {
        batches.startAt(i);
        tape.forward(1);
        reconstruction += bound.reconstruction().values()[0];
        kl += bound.kl().values()[0];
      }
    }
    assertThat(one.reconstruction()).isEqualTo(reconstruction / count);
    assertThat(one.kl()).isEqualTo(kl / count);
    assertThat(one.elbo()).isEqualTo(-one.reconstruction() - one.kl());
    assertThat(one.loss(2)).isEqualTo(one.reconstruction() + 2 * one.kl());
  }

  @Test
  void progressIsToldAtTheLastStepOfEachEpochWithTheEpochsMeans() {
    List<TrainingEvent> events = new ArrayList<>();
    try (Trainer trainer = new Trainer(Runs.CONFIG, Runs.DATA, Kernels.best(), 1)) {
      assertThat(trainer.run(events::add, () -> false)).isTrue();
    }
    int epochs = 0;
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i) instanceof TrainingEvent.EpochDone done) {
        epochs++;
        TrainingEvent.Progress last = (TrainingEvent.Progress) events.get(i - 1);
        assertThat(last.epoch()).isEqualTo(epochs);
        assertThat(last.epochs()).isEqualTo(4);
        assertThat(last.stepInEpoch()).isEqualTo(6);
        assertThat(last.train()).isEqualTo(done.metrics().train());
        assertThat(done.metrics().imagesPerSecond()).isPositive();
      }
    }
    assertThat(epochs).isEqualTo(4);
  }

  private static Config withBatch(int size) {
    Config config = Runs.CONFIG;
    return new Config(
        config.vae(), size, 4, 0.003, config.klWeight(), config.seed(), config.dataset());
  }

  private static TestFigures measure(Vae vae, Images images, int threads) {
    try (Team team = new Team(threads)) {
      return new TestBound(vae, images, 5, Kernels.best(), team).measure();
    }
  }

  private static List<EpochMetrics> train(Config config, DataSet data) {
    List<EpochMetrics> epochs = new ArrayList<>();
    try (Trainer trainer = new Trainer(config, data, Kernels.best(), 2)) {
      trainer.run(
          event -> {
            if (event instanceof TrainingEvent.EpochDone done) {
              epochs.add(done.metrics());
            }
          },
          () -> false);
    }
    return epochs;
  }

  private static double mseOfTheMeanImage(DataSet data) {
    int size = data.train().size();
    double[] mean = new double[size];
    byte[] train = data.train().pixels();
    for (int i = 0; i < train.length; i++) {
      mean[i % size] += (train[i] & 0xff) / 255.0 / data.train().count();
    }
    byte[] test = data.test().pixels();
    return IntStream.range(0, test.length)
        .mapToDouble(i -> (test[i] & 0xff) / 255.0 - mean[i % size])
        .map(difference -> difference * difference)
        .average()
        .orElseThrow();
  }
}
