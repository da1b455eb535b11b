package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.evaluation.TestBound;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.training.Blobs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoder and decoder; batches of 128 rows inside them must not be seen outside. */
class CodesTest {
  private static final int LATENT = 6;

  /** The bound's KL is summed in single precision. */
  private static final double SINGLE = 1e-5;

  private static final Images IMAGES = Blobs.images(300, 5, 7, Noise.of(21));

  @Test
  void theCodeOfAnImageDependsNeitherOnItsNeighboursNorOnItsPlace() {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    Codes all = new Encoder(vae).encode(new Batches(IMAGES), 300);
    assertThat(all.count()).isEqualTo(300);
    Encoder encoder = new Encoder(vae);
    for (int image : new int[] {0, 1, 7, 8, 127, 128, 255, 256, 299}) {
      Batches alone = new Batches(IMAGES);
      alone.startAt(image);
      Codes one = encoder.encode(alone, 1);
      assertThat(one.mean(0)).isEqualTo(all.mean(image));
      assertThat(one.logVar())
          .isEqualTo(Arrays.copyOfRange(all.logVar(), image * LATENT, (image + 1) * LATENT));
    }
    Batches shuffled = new Batches(IMAGES);
    shuffled.shuffle(Noise.of(4));
    Codes mixed = encoder.encode(shuffled, 300);
    for (int place = 0; place < 300; place++) {
      assertThat(mixed.mean(place)).isEqualTo(all.mean(shuffled.image(place)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 256, 300})
  void anyNumberOfCodesIsDecodedAlike(int count) {
    Vae vae = vae(LikelihoodKind.GAUSSIAN);
    float[] z = new Prior(LATENT, 3).sample(300);
    float[] all = new Decoder(vae).decode(z);
    float[] some = new Decoder(vae).decode(Arrays.copyOf(z, count * LATENT));
    assertThat(some).isEqualTo(Arrays.copyOf(all, count * 35));
  }

  @ParameterizedTest
  @EnumSource(LikelihoodKind.class)
  void decodedImagesAreIntensities(LikelihoodKind likelihood) {
    float[] z = new Prior(LATENT, 3).sample(50);
    float[] images = new Decoder(vae(likelihood)).decode(z);
    assertThat(images).hasSize(50 * 35);
    for (float pixel : images) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    assertThat(Arrays.copyOf(images, 35)).isNotEqualTo(Arrays.copyOfRange(images, 35, 70));
  }

  @Test
  void aDecoderForgetsWhatItDecodedBefore() {
    Decoder decoder = new Decoder(vae(LikelihoodKind.BERNOULLI));
    float[] z = new Prior(LATENT, 3).sample(140);
    float[] first = decoder.decode(z);
    float[] kept = first.clone();
    decoder.decode(new Prior(LATENT, 4).sample(200));
    assertThat(first).isEqualTo(kept);
    assertThat(decoder.decode(z)).isEqualTo(kept);
  }

  @Test
  void klPerDimensionSumsToTheKlOfTheBound() {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    double[] kl = new Encoder(vae).encode(new Batches(IMAGES), 300).klPerDimension();
    double expected;
    try (Team team = new Team(1)) {
      expected = new TestBound(vae, IMAGES, 0, Kernels.best(), team).measure().kl();
    }
    assertThat(kl).hasSize(LATENT);
    assertThat(Arrays.stream(kl).sum()).isCloseTo(expected, within(SINGLE * expected));
    assertThat(expected).isGreaterThan(0.1);
  }

  @Test
  void klOfKnownPosteriorsIsTheClosedForm() {
    // Two images, two dimensions: N(1, 1) and N(3, 1) in the first, N(0, e) twice in the second.
    Codes codes = new Codes(2, 2, new float[] {1, 0, 3, 0}, new float[] {0, 1, 0, 1});
    double[] kl = codes.klPerDimension();
    assertThat(kl[0]).isEqualTo((0.5 + 4.5) / 2);
    assertThat(kl[1]).isCloseTo(0.5 * (StrictMath.E - 2), within(1e-12));
    assertThat(new Codes(1, 1, new float[1], new float[1]).klPerDimension()).containsExactly(0);
    assertThat(codes.mean(1)).containsExactly(3, 0);
  }

  /** Log-variances up to the bound's end, where e^12 would drown a careless sum. */
  @Test
  void codesOfAnExtremeModelStayFinite() {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    for (Parameter parameter : vae.parameters()) {
      if (parameter.name().startsWith("log_variance")) {
        float[] values = parameter.toArray();
        for (int i = 0; i < values.length; i++) {
          values[i] = i % 2 == 0 ? 1e4f : -1e4f;
        }
        parameter.set(values);
      }
    }
    Codes codes = new Encoder(vae).encode(new Batches(IMAGES), 300);
    for (double kl : codes.klPerDimension()) {
      assertThat(kl).isFinite().isPositive();
    }
  }

  private static Vae vae(LikelihoodKind likelihood) {
    return new Vae(new VaeConfig(35, List.of(12, 9), LATENT, Activation.RELU, likelihood), 17);
  }
}
