package dev.elbo.bench.peer;

import dev.elbo.data.Role;
import dev.elbo.kernel.Kernels;
import java.io.IOException;

/** Elbo in a JVM of its own. Arguments: threads, data folder. */
public final class ElboPeer {
  private ElboPeer() {}

  public static void main(String[] arguments) throws IOException {
    int threads = Integer.parseInt(arguments[0]);
    PeerLoop.serve(new Engine(threads, arguments[1]));
  }

  private record Engine(int threads, String data) implements PeerLoop.Engine {
    @Override
    public String description() {
      return "Elbo with " + Kernels.best().description() + " kernels";
    }

    @Override
    public Task prepare(Work work) {
      if (work instanceof Work.Gemm gemm) {
        return new ElboGemm(gemm, threads);
      }
      Work.Step step = (Work.Step) work;
      return new ElboStep(
          step, Digits.first(Digits.load(data, Role.TRAIN_IMAGES), step.images()), threads);
    }
  }
}
