package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.data.Batches;
import dev.elbo.data.PenDigits;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.RowSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SampleQualityTest {
  private static final int COUNT = 500;
  private static final Team TEAM = new Team(2);
  private static final TrainedClassifier TRAINED = Pens.trained(Kernels.best(), 1);
  private static final SampleQuality QUALITY =
      new SampleQuality(TRAINED, Pens.DATA, Kernels.best(), TEAM);

  /** Of hands that were neither trained nor tested on. */
  private static final RowSource FRESH =
      new Batches(PenDigits.images(0, PenDigits.Part.TEST, 5000, COUNT));

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private static float[] noise() {
    Random random = new Random(1);
    float[] images = new float[COUNT * 784];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    return images;
  }

  private static RowSource rows(float[] images) {
    return (row, values, offset) -> System.arraycopy(images, row * 784, values, offset, 784);
  }

  @Test
  void freshImagesOfTheSameKindAreAsGoodAsTheTestImages() {
    SampleFigures fresh = QUALITY.of(FRESH, COUNT);
    SampleFigures ceiling = QUALITY.ofTestImages();
    assertThat(fresh.images()).isEqualTo(COUNT);
    // Two shares of 500: four standard errors of their difference at one half are 0.13.
    assertThat(fresh.recognised()).isCloseTo(ceiling.recognised(), within(0.13));
    assertThat(fresh.recognised()).isGreaterThan(0.6);
    assertThat(fresh.classBalance()).isBetween(0.97, 1.0);
    assertThat(fresh.precision()).isGreaterThan(0.8);
    assertThat(fresh.recall()).isGreaterThan(0.8);
    assertThat(fresh.nearestTraining()).isCloseTo(ceiling.nearestTraining(), within(0.3));
    assertThat(fresh.nearTraining()).isLessThan(0.05);
    assertThat(fresh.frechet()).isLessThan(ceiling.frechet());
    // By its definition, of 500 images the five nearest.
    assertThat(ceiling.nearTraining()).isEqualTo(0.01);
  }

  @Test
  void imagesOfNoKindAreRecognisedAsSuch() {
    SampleFigures noise = QUALITY.of(rows(noise()), COUNT);
    SampleFigures ceiling = QUALITY.ofTestImages();
    assertThat(noise.frechet()).isGreaterThan(20 * ceiling.frechet());
    assertThat(noise.precision()).isLessThan(0.1);
    assertThat(noise.recall()).isLessThan(0.1);
    assertThat(noise.nearestTraining()).isGreaterThan(2 * ceiling.nearestTraining());
    assertThat(noise.nearTraining()).isZero();
  }

  @Test
  void copiesOfTrainingImagesAreFound() {
    SampleFigures copies = QUALITY.of(new Batches(Pens.DATA.train()), COUNT);
    assertThat(copies.nearestTraining()).isZero();
    assertThat(copies.nearTraining()).isEqualTo(1);
  }

  @Test
  void theTestImagesThemselvesAreAtNoDistance() {
    SampleFigures same = QUALITY.of(new Batches(Pens.DATA.test()), Pens.DATA.test().count());
    assertThat(same.frechet()).isLessThan(1e-8);
    assertThat(same.precision()).isEqualTo(1);
    assertThat(same.recall()).isEqualTo(1);
  }

  @Test
  void threadsAndKernelsDoNotEnter() {
    SampleFigures usual = QUALITY.of(FRESH, COUNT);
    for (int threads : new int[] {1, 3}) {
      try (Team team = new Team(threads)) {
        assertThat(new SampleQuality(TRAINED, Pens.DATA, Kernels.best(), team).of(FRESH, COUNT))
            .isEqualTo(usual);
      }
    }
    assertThat(new SampleQuality(TRAINED, Pens.DATA, Kernels.plain(), TEAM).of(FRESH, COUNT))
        .isEqualTo(usual);
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> QUALITY.of(FRESH, 7))
        .isInstanceOf(InputException.class)
        .hasMessage("sample quality: expected at least 8 samples, found 7; give more");
  }
}
