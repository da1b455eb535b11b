package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.distribution.EqualMixture;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.LayerSizes;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.PriorConfig;
import dev.elbo.model.PriorKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Tape;
import dev.elbo.training.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes of models of several layers, with pseudo-inputs, or of known classes. */
class ShapeSamplersTest {
  private static final int PIXELS = 35;
  private static final int LATENT = 3;
  private static final int DRAWS = 20_000;

  private static final VaeConfig PLAIN =
      new VaeConfig(PIXELS, List.of(6), LATENT, Activation.TANH, LikelihoodKind.BERNOULLI);
  private static final VaeConfig LAYERS =
      PLAIN.withLayers(List.of(new LayerSizes(List.of(6), LATENT), new LayerSizes(List.of(5), 2)));
  private static final VaeConfig VAMP = PLAIN.withPrior(new PriorConfig(PriorKind.VAMP, 4));
  private static final VaeConfig CONDITIONAL = PLAIN.withLabels(new LabelConfig(true, 5));

  static Stream<VaeConfig> shapes() {
    return Stream.of(PLAIN, LAYERS, VAMP);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void drawsDependOnTheSeedAndTheirNumberAlone(VaeConfig shape) {
    Vae vae = new Vae(shape, 2);
    float[] many = Sampler.prior(vae, 7, 1).sample(300);
    assertThat(many).hasSize(300 * LATENT);
    assertThat(Sampler.prior(vae, 7, 1).sample(10)).isEqualTo(Arrays.copyOf(many, 10 * LATENT));
    assertThat(Sampler.prior(vae, 7, 1).sample(300, Kernels.plain())).isEqualTo(many);
    assertThat(Sampler.prior(vae, 7, 1).sample(137, 10, Kernels.best()))
        .isEqualTo(Arrays.copyOfRange(many, 137 * LATENT, 147 * LATENT));
    assertThat(Sampler.prior(vae, 8, 1).sample(300)).isNotEqualTo(many);
    assertThat(Sampler.prior(vae, 7, 1).sample(0)).isEmpty();
  }

  private static double[] mean(float[] z) {
    double[] mean = new double[LATENT];
    for (int i = 0; i < z.length; i++) {
      mean[i % LATENT] += z[i] / (double) (z.length / LATENT);
    }
    return mean;
  }

  /** Of a mixture of equal weights the mean is that of the components' means. */
  @Test
  void drawsOfAVampPriorAreOfItsMixture() {
    Vae vae = new Vae(VAMP, 2);
    Tape tape = new Tape(1, Kernels.best(), new Team(1));
    EqualMixture prior = vae.vampPrior(tape);
    tape.forward(1);
    double[] mean = mean(Sampler.prior(vae, 7, 1).sample(DRAWS));
    for (int j = 0; j < LATENT; j++) {
      double expected = 0;
      double second = 0;
      for (int k = 0; k < 4; k++) {
        double mu = prior.mu().values()[k * prior.mu().stride() + j];
        double logVar = prior.logVar().values()[k * prior.logVar().stride() + j];
        expected += mu / 4;
        second += (mu * mu + StrictMath.exp(logVar)) / 4;
      }
      double error = StrictMath.sqrt((second - expected * expected) / DRAWS);
      assertThat(mean[j]).isCloseTo(expected, within(4 * error));
    }
  }

  /** At temperature zero only the components are left, each about as often as another. */
  @Test
  void aColdVampPriorDrawsItsMeans() {
    float[] z = Sampler.prior(new Vae(VAMP, 2), 7, 0).sample(400);
    long[] counts = new long[4];
    float[] first = new float[4];
    int found = 0;
    for (int i = 0; i < 400; i++) {
      float value = z[i * LATENT];
      int at = 0;
      while (at < found && first[at] != value) {
        at++;
      }
      assertThat(at).isLessThan(4);
      if (at == found) {
        first[found++] = value;
      }
      counts[at]++;
    }
    assertThat(found).isEqualTo(4);
    for (long count : counts) {
      // Four standard deviations of a binomial of 400 draws at a quarter.
      assertThat(count).isBetween(65L, 135L);
    }
  }

  /** E[z₁] = E over z₂ of the mean of p(z₁|z₂), whose z₂ are the first draws of the prior. */
  @Test
  void drawsOfSeveralLayersComeDownFromTheTop() {
    Vae vae = new Vae(LAYERS, 2);
    float[] top = new Prior(2, 7).sample(DRAWS);
    Tape tape = new Tape(DRAWS, Kernels.best(), new Team(1));
    DiagonalGaussian p =
        vae.below(
            1, tape.input("z", 2, (row, out, at) -> System.arraycopy(top, 2 * row, out, at, 2)));
    tape.forward(DRAWS);
    float[] z = Sampler.prior(vae, 7, 1).sample(DRAWS);
    float[] cold = Sampler.prior(vae, 7, 0).sample(2);
    assertThat(Arrays.copyOf(cold, LATENT)).isEqualTo(Arrays.copyOfRange(cold, LATENT, 2 * LATENT));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      for (int j = 0; j < LATENT; j++) {
        double mu = p.mu().values()[i * p.mu().stride() + j];
        double logVar = p.logVar().values()[i * p.logVar().stride() + j];
        double eps = (z[i * LATENT + j] - mu) / StrictMath.exp(logVar / 2);
        sum += eps;
        squares += eps * eps;
      }
    }
    int n = DRAWS * LATENT;
    assertThat(sum / n).isCloseTo(0, within(4 / StrictMath.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * StrictMath.sqrt(2.0 / n)));
  }

  @Test
  void rowsOfClassesHoldTheSameDraws() {
    Sampler prior = new Prior(LATENT, 7);
    LabelledDraws rows = LabelledDraws.rows(label -> prior, 5, 4, Kernels.best());
    assertThat(rows.labels())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4);
    for (int label = 0; label < 5; label++) {
      int from = label * 4 * LATENT;
      assertThat(Arrays.copyOfRange(rows.z(), from, from + 4 * LATENT)).isEqualTo(prior.sample(4));
    }
    LabelledDraws one = LabelledDraws.of(prior, 3, 2, Kernels.best());
    assertThat(one.labels()).containsExactly(3, 3);
    assertThat(one.z()).isEqualTo(prior.sample(2));
  }

  @Test
  void mixedDrawsAreOfEveryClassAlike() {
    Sampler prior = new Prior(LATENT, 7);
    LabelledDraws mixed = LabelledDraws.mixed(label -> prior, 5, 1000, 7, Kernels.best());
    assertThat(mixed.z()).isEqualTo(prior.sample(1000));
    LabelledDraws part = LabelledDraws.mixed(label -> prior, 5, 200, 30, 7, Kernels.best());
    assertThat(part.z()).isEqualTo(prior.sample(200, 30, Kernels.best()));
    assertThat(part.labels()).isEqualTo(Arrays.copyOfRange(mixed.labels(), 200, 230));
    for (int label = 0; label < 5; label++) {
      int wanted = label;
      // Four standard deviations of a binomial of 1,000 draws at a fifth.
      assertThat(Arrays.stream(mixed.labels()).filter(of -> of == wanted).count())
          .isBetween(150L, 250L);
    }
  }

  @Test
  void aConditionalModelCodesAndDecodesByClass() {
    Vae vae = new Vae(CONDITIONAL, 2);
    Images images = Blobs.images(200, 5, 7, Noise.of(21));
    Batches source = new Batches(images);
    Codes zero = new Encoder(vae).encode(source, image -> 0, 200);
    Codes mixed = new Encoder(vae).encode(source, image -> image == 150 ? 3 : 0, 200);
    assertThat(mixed.mean(149)).isEqualTo(zero.mean(149));
    assertThat(mixed.mean(150)).isNotEqualTo(zero.mean(150));
    float[] first = new Decoder(vae).decode(zero.mu(), code -> 1);
    float[] other = new Decoder(vae).decode(zero.mu(), code -> code == 150 ? 2 : 1);
    int at = 150 * PIXELS;
    assertThat(Arrays.copyOf(other, at)).isEqualTo(Arrays.copyOf(first, at));
    assertThat(Arrays.copyOfRange(other, at, at + PIXELS))
        .isNotEqualTo(Arrays.copyOfRange(first, at, at + PIXELS));
    assertThatThrownBy(() -> new Encoder(vae).encode(source, 1))
        .hasMessage("a conditional model needs the label of image 0");
    assertThatThrownBy(() -> new Decoder(vae).decode(new float[LATENT]))
        .hasMessage("a conditional model needs the label of code 0");
  }

  /** Two images: N(1, 1) and N(3, 1), so that the aggregate has mean 2 and variance 2. */
  @Test
  void theSpreadOfCodesIsThatOfTheAggregatePosterior() {
    Codes codes = new Codes(2, 1, new float[] {1, 3}, new float[] {0, 0});
    Spread spread = Spread.of(codes, VAMP.withPrior(new PriorConfig(PriorKind.VAMP, 1)));
    assertThat(spread.mean()).containsExactly(2);
    assertThat(spread.deviation()).containsExactly(StrictMath.sqrt(2));
    assertThat(spread.nats()).containsExactly(0.5 * StrictMath.log(2));
    Spread standard = Spread.of(codes, PLAIN);
    assertThat(standard.mean()).containsExactly(0);
    assertThat(standard.deviation()).containsExactly(1);
    assertThat(standard.nats()).isEqualTo(codes.klPerDimension());
  }

  @Test
  void imagesWithoutLabelsHaveNoClasses() {
    Images images = new Images(3, 1, 1, new byte[3], Optional.of(new byte[] {4, 0, 2}));
    assertThat(images.classes()).isEqualTo(5);
    assertThat(Blobs.images(3, 1, 1, Noise.of(1)).classes()).isZero();
  }
}
