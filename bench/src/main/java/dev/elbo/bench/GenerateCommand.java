package dev.elbo.bench;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Prior;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code elbo-bench generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draws from the prior and decodes, in process: one image, and many.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private LatencyTable latency;

  @Override
  public Integer call() {
    ModelFile model = ModelFile.of(Pretrained.read(), Pretrained.NAME);
    Decoder decoder = new Decoder(model.vae());
    Prior prior = new Prior(model.config().vae().latentSize(), 0);
    options.print(
        latency.measure(
            "Draws from the prior, decoded by the model inside the program, 1 thread",
            count -> decoder.decode(prior.sample(count))));
    return 0;
  }
}
