package dev.elbo.bench.peer;

import static org.bytedeco.pytorch.global.torch.get_num_threads;

import dev.elbo.data.Role;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch in a JVM of its own, its two thread pools set by the environment. Argument: data folder.
 */
public final class TorchPeer {
  private TorchPeer() {}

  /** Whether this platform has the natives. */
  public static boolean present() {
    try {
      Loader.load(torch.class);
      return true;
    } catch (LinkageError absent) {
      return false;
    }
  }

  public static void main(String[] arguments) throws IOException {
    Loader.load(torch.class);
    PeerLoop.serve(new Engine(arguments[0]));
  }

  private record Engine(String data) implements PeerLoop.Engine {
    @Override
    public String description() {
      return "libtorch with " + get_num_threads() + " OpenMP threads";
    }

    @Override
    public Task prepare(Work work) {
      if (work instanceof Work.Gemm gemm) {
        return new TorchGemm(gemm);
      }
      Work.Step step = (Work.Step) work;
      return new TorchStep(step, Digits.first(Digits.load(data, Role.TRAIN_IMAGES), step.images()));
    }
  }
}
