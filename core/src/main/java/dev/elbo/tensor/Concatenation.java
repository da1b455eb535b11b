package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.List;

/**
 * Rows side by side. Where one part keeps account of its zeros, so does the whole, and the first
 * layer goes on leaving them out.
 */
final class Concatenation implements Operation {
  private final LatentKernels kernels;
  private final List<Tensor> parts;
  private final Tensor y;
  private boolean[] adds;

  static Concatenation of(Kernels kernels, String name, List<Tensor> parts) {
    Tensor first = parts.get(0);
    parts.forEach(Shapes::requireMatrix);
    parts.forEach(part -> Shapes.requireSameRows(part, first));
    int columns = parts.stream().mapToInt(Tensor::columns).sum();
    Tensor y = first.withColumns(name, columns, Tensor.anyTrainable(parts.toArray(Tensor[]::new)));
    if (parts.stream().anyMatch(part -> part.nonZeros() != null)) {
      y.countNonZeros();
    }
    return new Concatenation(kernels.latent(), parts, y);
  }

  private Concatenation(LatentKernels kernels, List<Tensor> parts, Tensor y) {
    this.kernels = kernels;
    this.parts = List.copyOf(parts);
    this.y = y;
  }

  @Override
  public List<Tensor> inputs() {
    return parts;
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * y.stride();
      for (int i = 0; i < parts.size(); i++) {
        Tensor part = parts.get(i);
        int columns = part.columns();
        System.arraycopy(part.values(), row * part.stride(), y.values(), at, columns);
        at += columns;
      }
      if (y.nonZeros() != null) {
        listNonZeros(row);
      }
    }
  }

  private void listNonZeros(int row) {
    int[] list = y.nonZeros().columns();
    int begin = row * y.stride();
    int count = 0;
    int shift = 0;
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      int at = row * part.stride();
      if (part.nonZeros() != null) {
        for (int p = at; p < at + part.nonZeros().count(row); p++) {
          list[begin + count++] = shift + part.nonZeros().columns()[p];
        }
      } else {
        for (int j = 0; j < part.columns(); j++) {
          if (part.values()[at + j] != 0f) {
            list[begin + count++] = shift + j;
          }
        }
      }
      shift += part.columns();
    }
    y.nonZeros().mark(row, count);
  }

  @Override
  public void backward(int from, int to) {
    int shift = 0;
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      if (part.trainable()) {
        for (int row = from; row < to; row++) {
          int at = row * part.stride();
          int there = row * y.stride() + shift;
          kernels.copy(y.gradient(), there, part.gradient(), at, part.columns(), adds[i]);
        }
      }
      shift += part.columns();
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds;
  }
}
