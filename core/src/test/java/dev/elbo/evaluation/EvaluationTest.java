package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationTest {
  private static final int COUNT = 300;
  private static final int PIXELS = 9;
  private static final long SEED = 2;

  /** The order of some thousand additions in double. */
  private static final double ROUNDING = 1e-12;

  private static Images images(Optional<byte[]> labels) {
    byte[] pixels = new byte[COUNT * PIXELS];
    new Random(1).nextBytes(pixels);
    return new Images(COUNT, 3, 3, pixels, labels);
  }

  private static byte[] labels() {
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      // 0, 1, 200, 1, 0, 1, …: a label may be any byte, and some do not occur.
      labels[i] = (byte) (i % 4 == 2 ? 200 : i % 2);
    }
    return labels;
  }

  private static Vae vae(LikelihoodKind likelihood) {
    return new Vae(new VaeConfig(PIXELS, List.of(8), 4, Activation.RELU, likelihood), SEED);
  }

  private static Evaluation evaluate(
      LikelihoodKind likelihood, Images images, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      return Evaluation.of(vae(likelihood), images, SEED, 20, kernels, team, ended -> {});
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsTheSameOnAnyThreadsAndKernels(LikelihoodKind likelihood) {
    Images images = images(Optional.of(labels()));
    assertThat(evaluate(likelihood, images, Kernels.best(), 2))
        .isEqualTo(evaluate(likelihood, images, Kernels.plain(), 1));
  }

  @ParameterizedTest
  @EnumSource
  void figuresOfImagesAddUpToThoseOfTheSet(LikelihoodKind likelihood) {
    Images images = images(Optional.empty());
    try (Team team = new Team(1)) {
      TestBound bound = new TestBound(vae(likelihood), images, SEED, Kernels.best(), team);
      ImageFigures each = bound.perImage();
      TestFigures all = bound.measure();
      double[] sums = new double[3];
      for (int i = 0; i < COUNT; i++) {
        sums[0] += each.reconstruction()[i];
        sums[1] += each.kl()[i];
        sums[2] += each.mse()[i];
      }
      assertThat(sums[0] / COUNT).isEqualTo(all.reconstruction());
      assertThat(sums[1] / COUNT).isEqualTo(all.kl());
      assertThat(sums[2] / COUNT).isCloseTo(all.mse(), within(ROUNDING));
    }
  }

  @Test
  void partsAgree() {
    Evaluation evaluation =
        evaluate(LikelihoodKind.BERNOULLI, images(Optional.of(labels())), Kernels.best(), 1);
    TestFigures all = evaluation.figures();

    assertThat(evaluation.health().activeUnits()).isEqualTo(all.activeUnits());
    assertThat(evaluation.health().kl()).isCloseTo(all.kl(), within(1e-5));
    // The same draw of each image; the KL by that draw instead of exactly.
    assertThat(evaluation.nll().get(0).nll()).isCloseTo(-all.elbo(), within(0.1));
    assertThat(evaluation.nll().get(2).nll()).isLessThan(evaluation.nll().get(0).nll());
  }

  @Test
  void everyClassHasTheMeansOfItsOwnImages() {
    Images images = images(Optional.of(labels()));
    Evaluation evaluation = evaluate(LikelihoodKind.BERNOULLI, images, Kernels.best(), 1);
    List<ClassFigures> classes = evaluation.classes();

    assertThat(classes).extracting(ClassFigures::label).containsExactly(0, 1, 200);
    assertThat(classes).extracting(ClassFigures::count).containsExactly(75, 150, 75);
    double elbo = classes.stream().mapToDouble(row -> row.elbo() * row.count()).sum() / COUNT;
    assertThat(elbo).isCloseTo(evaluation.figures().elbo(), within(ROUNDING));
    double mse = classes.stream().mapToDouble(row -> row.mse() * row.count()).sum() / COUNT;
    assertThat(mse).isCloseTo(evaluation.figures().mse(), within(ROUNDING));

    ImageFigures each;
    try (Team team = new Team(1)) {
      each =
          new TestBound(vae(LikelihoodKind.BERNOULLI), images, SEED, Kernels.best(), team)
              .perImage();
    }
    double kl = IntStream.range(0, 75).mapToDouble(i -> each.kl()[4 * i + 2]).sum() / 75;
    assertThat(classes.get(2).kl()).isCloseTo(kl, within(ROUNDING));
  }

  @Test
  void withoutLabelsThereAreNoClasses() {
    Images images = images(Optional.empty());
    assertThat(evaluate(LikelihoodKind.BERNOULLI, images, Kernels.best(), 1).classes()).isEmpty();
  }
}
