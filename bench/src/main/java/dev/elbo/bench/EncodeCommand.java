package dev.elbo.bench;

import dev.elbo.bench.peer.Digits;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.data.Batches;
import dev.elbo.data.Role;
import dev.elbo.latent.Encoder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code elbo-bench encode}. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Encodes images, in process: one, and many.")
final class EncodeCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private LatencyTable latency;

  @Override
  public Integer call() {
    ModelFile model = ModelFile.of(Pretrained.read(), Pretrained.NAME);
    Encoder encoder = new Encoder(model.vae());
    Batches images = new Batches(Digits.load(options.data(), Role.TRAIN_IMAGES));
    options.print(
        latency.measure(
            "Images encoded by the model inside the program, 1 thread; " + options.dataName(),
            count -> encoder.encode(images, count)));
    return 0;
  }
}
