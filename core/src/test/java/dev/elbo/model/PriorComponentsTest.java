package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.distribution.EqualMixture;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorComponentsTest {
  private static final int LATENT = 3;
  private static final int ROWS = 6;
  private static final VaeConfig PLAIN =
      new VaeConfig(9, List.of(8), LATENT, Activation.TANH, LikelihoodKind.BERNOULLI);
  private static final VaeConfig VAMP = PLAIN.withPrior(new PriorConfig(PriorKind.VAMP, 5));

  /** log p(z) of some rows, replayed twice on one tape. */
  private static float[] logPrior(Vae vae) {
    Tape tape = new Tape(ROWS, Kernels.best(), new Team(1));
    Tensor z =
        tape.input(
            "z",
            LATENT,
            (row, values, at) -> {
              for (int j = 0; j < LATENT; j++) {
                values[at + j] = 0.3f * row - j;
              }
            });
    EqualMixture prior = vae.vampPrior(tape);
    Tensor logProb = prior.logProb(z);
    tape.forward(ROWS);
    float[] first = Arrays.copyOf(logProb.values(), ROWS);
    tape.forward(ROWS);
    assertThat(Arrays.copyOf(logProb.values(), ROWS)).isEqualTo(first);
    return first;
  }

  @Test
  void aPriorKnownBeforehandHasTheSameDensityBitForBit() {
    Vae vae = new Vae(VAMP, 2);
    float[] computed = logPrior(vae);
    assertThat(logPrior(vae.withPriorKnown(Kernels.best()))).isEqualTo(computed);
    assertThat(logPrior(vae.withPriorKnown(Kernels.plain()))).isEqualTo(computed);
    assertThat(logPrior(new Vae(VAMP, 3).withPriorKnown(Kernels.best()))).isNotEqualTo(computed);
  }

  @Test
  void aModelWithoutPseudoInputsStaysAsItIs() {
    Vae vae = new Vae(PLAIN, 2);
    assertThat(vae.withPriorKnown(Kernels.best())).isSameAs(vae);
  }

  @Test
  void constantsOfAnotherSizeAreRefused() {
    Tape tape = new Tape(1, Kernels.best(), new Team(1));
    assertThatThrownBy(() -> tape.constant("mu", 2, 3, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mu: values (=5) must be rows (=2) times columns (=3)");
  }
}
