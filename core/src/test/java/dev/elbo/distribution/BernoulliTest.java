package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BernoulliTest {
  private static final double FLOAT_ROUNDING = 1e-6;

  private final Tape tape = new Tape(16, Kernels.best(), new Team(1));

  private Tensor input(String name, int columns, float[][] rows) {
    return tape.input(
        name,
        columns,
        (row, out, at) -> System.arraycopy(rows[row % rows.length], 0, out, at, columns));
  }

  /** log p of each x under the same logits. */
  private float[] logProb(float[] logits, float[]... x) {
    Tensor out =
        new Bernoulli(input("logits", logits.length, new float[][] {logits}))
            .logProb(input("x", logits.length, x));
    tape.forward(x.length);
    return out.values();
  }

  private static float[][] allBinary(int pixels) {
    float[][] all = new float[1 << pixels][pixels];
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < pixels; j++) {
        all[i][j] = i >> j & 1;
      }
    }
    return all;
  }

  @Test
  void theProbabilitiesOfAllBinaryImagesSumToOne() {
    float[] logProb = logProb(new float[] {0.3f, -2f, 4f, 0f}, allBinary(4));
    double sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += StrictMath.exp(logProb[i]);
    }
    assertThat(sum).isCloseTo(1, within(FLOAT_ROUNDING));
  }

  @Test
  void itIsTheTextbookFormulaOnProbabilities() {
    float[] logits = {0.3f, -2f, 4f, 0f};
    float[][] x = allBinary(4);
    x[5] = new float[] {0.5f, 0.1f, 0.9f, 0.25f};
    float[] logProb = logProb(logits, x);
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        double p = 1 / (1 + StrictMath.exp(-logits[j]));
        sum += x[i][j] * StrictMath.log(p) + (1 - x[i][j]) * StrictMath.log(1 - p);
      }
      assertThat((double) logProb[i]).isCloseTo(sum, within(FLOAT_ROUNDING * 10));
    }
  }

  @Test
  void itIsExactWhereProbabilitiesWouldRoundToZeroAndOne() {
    float[] logits = {1000f, -1000f};
    float[] logProb = logProb(logits, new float[] {1, 0}, new float[] {0, 0}, new float[] {1, 1});
    assertThat(logProb[0]).isCloseTo(0f, within(1e-37f));
    assertThat(logProb[1]).isEqualTo(-1000f);
    assertThat(logProb[2]).isEqualTo(-1000f);
  }

  @Test
  void theMeanIsTheProbability() {
    Tensor logits = input("logits", 5, new float[][] {{0f, 2f, -2f, 1000f, -1000f}});
    Tensor mean = new Bernoulli(logits).mean();
    tape.forward(1);
    float sigmoid = (float) (1 / (1 + StrictMath.exp(-2)));
    assertThat(mean.values()[0]).isEqualTo(0.5f);
    assertThat(mean.values()[1]).isCloseTo(sigmoid, within(1e-7f));
    assertThat(mean.values()[2]).isCloseTo(1 - sigmoid, within(1e-7f));
    assertThat(mean.values()[3]).isEqualTo(1f);
    assertThat(mean.values()[4]).isCloseTo(0f, within(1e-37f));
  }
}
