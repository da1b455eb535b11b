package dev.elbo.bench.peer;

import static org.bytedeco.pytorch.global.torch.mm_out;
import static org.bytedeco.pytorch.global.torch.randn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** libtorch's {@code mm} into a matrix that is there already. */
final class TorchGemm implements Task {
  private final Tensor a;
  private final Tensor b;
  private final Tensor c;

  TorchGemm(Work.Gemm work) {
    a = work.transposed() ? randn(work.k(), work.m()).t() : randn(work.m(), work.k());
    b = randn(work.k(), work.n());
    c = randn(work.m(), work.n());
  }

  @Override
  public Lap run(int steps, long limitNanos) {
    return Lap.of(
        steps,
        limitNanos,
        () -> {
          try (PointerScope temporaries = new PointerScope()) {
            mm_out(c, a, b);
            return 0;
          }
        });
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
