package dev.elbo.bench.peer;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.rand;
import static org.bytedeco.pytorch.global.torch.relu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The same model and loss as Elbo's default, as one writes it with libtorch. Elbo's bound on the
 * log-variance is left out: it is the identity on [−12, 12].
 */
public final class TorchVae extends Module {
  /** {@code Reduction::Sum}. */
  private static final long SUM = 2;

  private final List<LinearImpl> encoder = new ArrayList<>();
  private final LinearImpl mean;
  private final LinearImpl logVariance;
  private final List<LinearImpl> decoder = new ArrayList<>();
  private final LinearImpl output;

  /**
   * The parts of a forward pass.
   *
   * @param logits [rows, pixels]
   */
  public record Pass(Tensor mu, Tensor logVar, Tensor logits) {}

  public TorchVae(List<Integer> hidden, int latent) {
    int in = Work.PIXELS;
    for (int size : hidden) {
      encoder.add(linear("encoder" + encoder.size(), in, size));
      in = size;
    }
    mean = linear("mean", in, latent);
    logVariance = linear("log_variance", in, latent);
    List<Integer> up = new ArrayList<>(hidden);
    Collections.reverse(up);
    in = latent;
    for (int size : up) {
      decoder.add(linear("decoder" + decoder.size(), in, size));
      in = size;
    }
    output = linear("output", in, Work.PIXELS);
  }

  /** Initial weights as Elbo's (Glorot and Bengio 2010), so that the losses can be compared. */
  private LinearImpl linear(String name, int in, int out) {
    LinearImpl layer = register_module(name, new LinearImpl(in, out));
    double bound = Math.sqrt(6.0 / (in + out));
    try (NoGradGuard guard = new NoGradGuard()) {
      layer.weight().copy_(rand(out, in).mul(new Scalar(2 * bound)).sub(new Scalar(bound)));
      layer.bias().zero_();
    }
    return layer;
  }

  /** Weight and bias of each layer, in the order of Elbo's model file. */
  public List<Tensor> tensors() {
    List<LinearImpl> layers = new ArrayList<>(encoder);
    layers.add(mean);
    layers.add(logVariance);
    layers.addAll(decoder);
    layers.add(output);
    List<Tensor> all = new ArrayList<>();
    for (LinearImpl layer : layers) {
      all.add(layer.weight());
      all.add(layer.bias());
    }
    return all;
  }

  /** With z = mu + e^(logVar/2)·eps. */
  public Pass pass(Tensor x, Tensor eps) {
    Tensor h = x;
    for (LinearImpl layer : encoder) {
      h = relu(layer.forward(h)); // [rows, hidden]
    }
    Tensor mu = mean.forward(h); // [rows, latent]
    Tensor logVar = logVariance.forward(h);
    Tensor z = mu.add(logVar.mul(new Scalar(0.5)).exp().mul(eps));
    return new Pass(mu, logVar, decode(z));
  }

  /** Logits of codes, [rows, pixels]. */
  public Tensor decode(Tensor z) {
    Tensor h = z;
    for (LinearImpl layer : decoder) {
      h = relu(layer.forward(h));
    }
    return output.forward(h);
  }

  /** −log p(x|z), summed over rows and pixels. */
  public static Tensor reconstruction(Pass pass, Tensor x) {
    return binary_cross_entropy_with_logits(
        pass.logits(), x, new TensorOptional(), new TensorOptional(), SUM);
  }

  /** KL(q(z|x) ‖ p(z)), summed over rows. */
  public static Tensor kl(Pass pass) {
    return pass.mu()
        .pow(new Scalar(2))
        .add(pass.logVar().exp())
        .sub(pass.logVar())
        .sub(new Scalar(1))
        .sum()
        .mul(new Scalar(0.5));
  }

  /** What Elbo minimises: the mean over rows of −log p(x|z) + β·KL. */
  public static Tensor loss(Pass pass, Tensor x, double beta) {
    Tensor sum = reconstruction(pass, x).add(kl(pass).mul(new Scalar(beta)));
    return sum.div(new Scalar((double) x.size(0)));
  }
}
