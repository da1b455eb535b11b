package dev.elbo.bench.peer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a peer does over and over while the clock runs; one line of text in the protocol. */
public sealed interface Work permits Work.Step, Work.Gemm {
  /** Pixels of an image of MNIST. */
  int PIXELS = 784;

  /** Floating-point operations of one repetition, dense, a multiply-add counting two. */
  double flop();

  /** The line that {@link #parse} reads. */
  String line();

  /**
   * A step of training: forward, backward and Adam on one batch.
   *
   * @param hidden sizes of the encoder's hidden layers, mirrored by the decoder
   * @param images take part; 0 for all there are
   */
  record Step(List<Integer> hidden, int latent, int batch, int images) implements Work {
    public static final Step DEFAULT = new Step(List.of(128), 64, 128, 0);

    public Step {
      hidden = List.copyOf(hidden);
    }

    /** Weights without biases. */
    public long weights() {
      long sum = 0;
      int in = PIXELS;
      for (int out : hidden) {
        sum += (long) in * out;
        in = out;
      }
      return 2 * sum + 3L * in * latent;
    }

    /**
     * 2·batch·(3·weights − weights of the first layer): forward, gradient of the weights, gradient
     * of the activations, which the first layer does not need. Biases, elementwise functions and
     * Adam are not counted.
     */
    @Override
    public double flop() {
      return 2.0 * batch * (3 * weights() - (long) PIXELS * hidden.get(0));
    }

    @Override
    public String line() {
      String sizes = hidden.stream().map(String::valueOf).collect(Collectors.joining(","));
      return "step " + sizes + " " + latent + " " + batch + " " + images;
    }
  }

  /**
   * c [m, n] = a [m, k]·b [k, n].
   *
   * @param transposed a lies as [k, m], as in the gradient of a weight
   */
  record Gemm(int m, int n, int k, boolean transposed) implements Work {
    @Override
    public double flop() {
      return 2.0 * m * n * k;
    }

    @Override
    public String line() {
      return "gemm " + m + " " + n + " " + k + " " + transposed;
    }
  }

  static Work parse(String line) {
    String[] word = line.split(" ");
    if (word[0].equals("step")) {
      List<Integer> hidden = Arrays.stream(word[1].split(",")).map(Integer::valueOf).toList();
      return new Step(
          hidden, Integer.parseInt(word[2]), Integer.parseInt(word[3]), Integer.parseInt(word[4]));
    }
    return new Gemm(
        Integer.parseInt(word[1]),
        Integer.parseInt(word[2]),
        Integer.parseInt(word[3]),
        Boolean.parseBoolean(word[4]));
  }
}
