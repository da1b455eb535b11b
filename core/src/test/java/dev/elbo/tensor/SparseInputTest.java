package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseInputTest {
  private static final int COUNT = 43;
  private static final int SIDE = 9;

  /** A fifth of the pixels carry ink, the first image none, the second everywhere. */
  private static Images images() {
    Random random = new Random(3);
    byte[] pixels = new byte[COUNT * SIDE * SIDE];
    for (int i = SIDE * SIDE; i < pixels.length; i++) {
      if (i < 2 * SIDE * SIDE || random.nextInt(5) == 0) {
        pixels[i] = (byte) (1 + random.nextInt(255));
      }
    }
    return new Images(COUNT, SIDE, SIDE, pixels, Optional.empty());
  }

  /** Gradients of the mean of log p(x) under logits that are affine in x, after one step. */
  private static float[] gradient(RowSource source, int threads, Kernels kernels) {
    int columns = SIDE * SIDE;
    Parameter weight = Parameter.weight("w", columns, columns);
    Noise noise = Noise.of(5);
    float[] values = new float[weight.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) noise.uniform(i) - 0.5f;
    }
    weight.set(values);
    Parameter bias = Parameter.bias("b", columns);
    float[] all = new float[(columns + 1) * weight.stride()];
    try (Team team = new Team(threads)) {
      Tape tape = new Tape(COUNT, kernels, team);
      Tensor x = tape.input("x", columns, source);
      Tensor logits = tape.affine("logits", x, weight, bias);
      tape.minimize(tape.bernoulliLogProb("log p", logits, x));
      tape.step(
          COUNT,
          (parameter, from, to, gradient) -> {
            int row = parameter == weight ? from : columns;
            System.arraycopy(
                gradient, 0, all, row * weight.stride(), (to - from) * weight.stride());
            return true;
          });
    }
    return all;
  }

  @Test
  void leavingZerosOutGivesTheGradientsOfTheWholeProduct() {
    Batches batches = new Batches(images());
    assertThat(batches.isSparse()).isTrue();
    float[] whole = gradient((row, out, at) -> batches.fill(row, out, at), 1, Kernels.best());
    assertThat(Arrays.stream(toDoubles(whole)).map(Math::abs).sum()).isPositive();
    for (int threads : new int[] {1, 2, 3}) {
      assertThat(gradient(batches, threads, Kernels.best())).isEqualTo(whole);
    }
    assertThat(gradient(batches, 2, Kernels.plain())).isEqualTo(whole);
  }

  /** A label beside the pixels: the whole still knows where it is zero. */
  @Test
  void columnsBesideASparseInputLeaveItSparse() {
    Batches batches = new Batches(images());
    assertThat(gradientBesideLabel(batches))
        .isEqualTo(gradientBesideLabel((row, out, at) -> batches.fill(row, out, at)));
  }

  private static float[] gradientBesideLabel(RowSource source) {
    int columns = SIDE * SIDE;
    Tape tape = new Tape(COUNT, Kernels.best(), new Team(1));
    Tensor x = tape.input("x", columns, source);
    Tensor label = tape.input("label", 10, (row, out, at) -> out[at + row % 10] = 1);
    Tensor both = tape.concat("both", List.of(label, x));
    assertThat(both.nonZeros() != null).isEqualTo(x.nonZeros() != null);
    Parameter weight = Parameter.weight("w", 10 + columns, columns);
    Tensor logits = tape.affine("logits", both, weight, Parameter.bias("b", columns));
    tape.minimize(tape.bernoulliLogProb("log p", logits, x));
    GradientStore store = new GradientStore();
    tape.step(COUNT, store);
    return store.gradient(weight);
  }

  private static double[] toDoubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  @Test
  void bothWaysOfFillingARowAgree() {
    Batches batches = new Batches(images());
    batches.shuffle(Noise.of(1));
    batches.startAt(4);
    int size = SIDE * SIDE;
    for (int row = 0; row < COUNT - 4; row++) {
      float[] plain = new float[size];
      float[] sparse = new float[size];
      Arrays.fill(sparse, Float.NaN);
      int[] list = new int[size];
      batches.fill(row, plain, 0);
      int count = batches.fill(row, sparse, 0, list, 0);
      assertThat(sparse).isEqualTo(plain);
      int[] expected = IntStream.range(0, size).filter(j -> plain[j] != 0).toArray();
      assertThat(Arrays.copyOf(list, count)).isEqualTo(expected);
    }
  }

  @Test
  void imagesFullOfInkAreNotSparse() {
    byte[] pixels = new byte[10 * SIDE * SIDE];
    Arrays.fill(pixels, (byte) 7);
    assertThat(new Batches(new Images(10, SIDE, SIDE, pixels, Optional.empty())).isSparse())
        .isFalse();
  }
}
