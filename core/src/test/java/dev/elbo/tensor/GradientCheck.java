package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Holds what a tape computes of a whole batch against a twin in double: every row's loss, and every
 * parameter's gradient by central differences. And with any kernels and threads the bits are one.
 */
final class GradientCheck {
  /** Enough for ranges of several workers, and no multiple of a tile. */
  static final int ROWS = 37;

  static final int IN = 5;

  /** Central differences in double are good to about h² = 1e-10 here. */
  private static final double H = 1e-5;

  /** Floats carry 24 bits; sums of some dozens of terms of size 1 lose two digits of seven. */
  private static final double TOLERANCE = 2e-5;

  private final List<Parameter> parameters = new ArrayList<>();
  private final Random random = new Random(5);

  interface Recording {
    Tensor loss(Tape tape, Tensor x);
  }

  /** The loss of each row; {@code p} are the parameters in the order of creation. */
  interface Twin {
    double[] losses(double[][] p, double[][] x);
  }

  Parameter add(Parameter parameter, double scale) {
    float[] values = new float[parameter.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((random.nextFloat() * 2 - 1) * scale);
    }
    parameter.set(values);
    parameters.add(parameter);
    return parameter;
  }

  /** A weight and a bias. */
  Parameter[] layer(int in, int out) {
    int number = parameters.size();
    return new Parameter[] {
      add(Parameter.weight("w" + number, in, out), 1), add(Parameter.bias("b" + number, out), 1)
    };
  }

  static Tensor affine(Tensor x, Parameter[] layer) {
    return x.tape().affine(layer[0].name() + " output", x, layer[0], layer[1]);
  }

  /** Layer i, where all parameters before it are layers. */
  static double[] affine(double[] x, double[][] p, int layer) {
    return Doubles.affine(x, p[2 * layer], p[2 * layer + 1]);
  }

  static long key(int row, int sample) {
    return 1000 + 100L * sample + row;
  }

  static double[] eps(int row, int sample, int columns) {
    return Doubles.eps(key(row, sample), columns);
  }

  void check(Recording recording, Twin twin) {
    double[][] x = new double[ROWS][IN];
    for (double[] row : x) {
      for (int j = 0; j < IN; j++) {
        row[j] = random.nextFloat() * 2 - 1;
      }
    }
    List<float[]> expected = null;
    for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.best()}) {
      for (int threads : new int[] {1, 2, 3, 5}) {
        List<float[]> gradients = gradients(recording, twin, x, kernels, threads);
        expected = expected == null ? gradients : expected;
        for (int i = 0; i < expected.size(); i++) {
          assertThat(gradients.get(i)).as("%d threads", threads).isEqualTo(expected.get(i));
        }
      }
    }
    compareWithDifferences(expected, x, twin);
  }

  private List<float[]> gradients(
      Recording recording, Twin twin, double[][] x, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      Tape tape = new Tape(ROWS + 20, kernels, team);
      Tensor loss =
          recording.loss(tape, tape.input("x", IN, (row, out, at) -> fill(x, row, out, at)));
      tape.minimize(loss);
      GradientStore store = new GradientStore();
      // A larger batch first, whose rows then lie stale behind the smaller one's.
      tape.step(ROWS + 20, store);
      tape.step(ROWS, store);
      double[] exact = twin.losses(doubles(), x);
      for (int row = 0; row < ROWS; row++) {
        assertThat((double) loss.values()[row])
            .as("row %d", row)
            .isCloseTo(exact[row], within(TOLERANCE * (1 + Math.abs(exact[row]))));
      }
      for (Parameter parameter : parameters) {
        assertThat(store.paddingIsZero(parameter)).as(parameter.name()).isTrue();
      }
      return parameters.stream().map(store::gradient).toList();
    }
  }

  private static void fill(double[][] x, int row, float[] out, int at) {
    for (int j = 0; j < IN; j++) {
      out[at + j] = row < ROWS ? (float) x[row][j] : 0.5f;
    }
  }

  private double[][] doubles() {
    return parameters.stream().map(q -> Doubles.of(q.toArray())).toArray(double[][]::new);
  }

  private void compareWithDifferences(List<float[]> gradients, double[][] x, Twin twin) {
    double[][] p = doubles();
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p[i].length; j++) {
        double before = p[i][j];
        p[i][j] = before + H;
        double above = mean(twin.losses(p, x));
        p[i][j] = before - H;
        double below = mean(twin.losses(p, x));
        p[i][j] = before;
        double slope = (above - below) / (2 * H);
        assertThat((double) gradients.get(i)[j])
            .as("%s [%d]", parameters.get(i).name(), j)
            .isCloseTo(slope, within(TOLERANCE * (1 + Math.abs(slope))));
      }
    }
  }

  private static double mean(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
