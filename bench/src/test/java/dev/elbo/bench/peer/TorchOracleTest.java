package dev.elbo.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.Bound;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An independent implementation as the oracle: libtorch's autograd on the same weights and noise.
 */
class TorchOracleTest {
  private static final int ROWS = 64;

  /** Of the loss: a sum of 784 terms, rounded 2⁻²⁴ each, in another order. */
  private static final double LOSS_TOLERANCE = 1e-5;

  /**
   * Of the largest gradient of a tensor: sums of up to 784 products in another order, through up to
   * six layers.
   */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  private static final double BETA = Config.DEFAULT.beta();

  private record Step(double loss, Map<Parameter, float[]> gradients) {}

  @ParameterizedTest
  @ValueSource(strings = {"128", "48,33"})
  void lossAndGradientOfABatchAreThoseOfLibtorch(String sizes) {
    assumeTrue(TorchPeer.present(), "libtorch has no natives for this platform here");
    List<Integer> hidden = Arrays.stream(sizes.split(",")).map(Integer::valueOf).toList();
    int latent = 64;
    Images images = Digits.rings(ROWS);
    Vae vae =
        new Vae(
            new VaeConfig(Work.PIXELS, hidden, latent, Activation.RELU, LikelihoodKind.BERNOULLI),
            3);
    RowNoise noise = (row, sample) -> Noise.of(5).at(row).at(sample).key();
    Step elbo = stepOfElbo(vae, images, noise);
    float[] eps = new float[ROWS * latent];
    for (int row = 0; row < ROWS; row++) {
      Kernels.best().normals(noise.key(row, 0), eps, row * latent, latent);
    }

    try (PointerScope temporaries = new PointerScope()) {
      TorchVae torch = new TorchVae(hidden, latent);
      List<Parameter> parameters = vae.parameters();
      List<Tensor> tensors = torch.tensors();
      assertThat(tensors).hasSameSizeAs(parameters);
      try (NoGradGuard guard = new NoGradGuard()) {
        for (int i = 0; i < tensors.size(); i++) {
          long[] shape = Arrays.stream(parameters.get(i).shape()).asLongStream().toArray();
          tensors.get(i).copy_(tensor(parameters.get(i).toArray(), shape));
        }
      }
      Tensor x = tensor(Digits.floats(images), ROWS, Work.PIXELS);
      Tensor loss = TorchVae.loss(torch.pass(x, tensor(eps, ROWS, latent)), x, BETA);
      loss.backward();

      double expected = loss.item_float();
      assertThat(elbo.loss()).isCloseTo(expected, within(LOSS_TOLERANCE * expected));
      for (int i = 0; i < tensors.size(); i++) {
        compare(
            parameters.get(i),
            elbo.gradients().get(parameters.get(i)),
            TorchJob.floats(tensors.get(i).grad()));
      }
    }
  }

  private static Step stepOfElbo(Vae vae, Images images, RowNoise noise) {
    Map<Parameter, float[]> gradients = new IdentityHashMap<>();
    vae.parameters().forEach(p -> gradients.put(p, new float[p.rows() * p.stride()]));
    try (Team team = new Team(1)) {
      Tape tape = new Tape(ROWS, Kernels.best(), team);
      Bound bound =
          new Elbo(new Scalar(BETA))
              .of(vae, tape.input("x", Work.PIXELS, new Batches(images)), noise);
      tape.minimize(bound.loss());
      tape.step(
          ROWS,
          (parameter, from, to, gradient) -> {
            int stride = parameter.stride();
            float[] all = gradients.get(parameter);
            System.arraycopy(gradient, 0, all, from * stride, (to - from) * stride);
            return true;
          });
      double sum = 0;
      for (int row = 0; row < ROWS; row++) {
        sum += bound.loss().values()[row];
      }
      return new Step(sum / ROWS, gradients);
    }
  }

  /** Elbo's lies as [in, stride], libtorch's as [out, in]. */
  private static void compare(Parameter parameter, float[] elbo, float[] torch) {
    double largest = 0;
    for (float value : torch) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as(parameter.name()).isPositive();
    double worst = 0;
    for (int row = 0; row < parameter.rows(); row++) {
      for (int column = 0; column < parameter.columns(); column++) {
        double expected = torch[column * parameter.rows() + row];
        double found = elbo[row * parameter.stride() + column];
        worst = Math.max(worst, Math.abs(found - expected));
      }
    }
    assertThat(worst / largest).as(parameter.name()).isLessThan(GRADIENT_TOLERANCE);
  }

  private static Tensor tensor(float[] values, long... shape) {
    return from_blob(new FloatPointer(values), shape).clone();
  }
}
