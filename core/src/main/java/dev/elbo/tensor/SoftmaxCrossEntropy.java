package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Softmax;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** −log p(label) = ln Σⱼ e^lⱼ − l[label] with logits l, nats a row. */
final class SoftmaxCrossEntropy implements Operation {
  private final Kernels kernels;
  private final Tensor logits;
  private final IntUnaryOperator labelOfRow;
  private final Tensor out;
  private PendingGradient pending;

  static SoftmaxCrossEntropy of(
      Kernels kernels, String name, Tensor logits, IntUnaryOperator labelOfRow) {
    Shapes.requireMatrix(logits);
    Tensor out = logits.asNumbers(name, logits.trainable());
    return new SoftmaxCrossEntropy(kernels, logits, labelOfRow, out);
  }

  private SoftmaxCrossEntropy(
      Kernels kernels, Tensor logits, IntUnaryOperator labelOfRow, Tensor out) {
    this.kernels = kernels;
    this.logits = logits;
    this.labelOfRow = labelOfRow;
    this.out = out;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] derivative = learning && pending != null ? pending.derivative() : null;
    float[] l = logits.values();
    for (int row = from; row < to; row++) {
      int at = row * logits.stride();
      int label = at + labelOfRow.applyAsInt(row);
      out.values()[row] = Softmax.logSumExp(l, at, logits.columns(), derivative) - l[label];
      if (derivative != null) {
        derivative[label] -= 1f;
      }
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      pending.multiplyRow(row, out.gradient()[row]);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    pending = new PendingGradient(kernels, logits, adds[0]);
  }
}
