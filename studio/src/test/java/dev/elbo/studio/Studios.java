package dev.elbo.studio;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Studios on any free port, for tests. */
final class Studios {
  static final String TOKEN = "correct-horse-battery";

  private Studios() {}

  /** With the page and the model inside the program. */
  static Studio start() {
    return Studio.start(StudioOptions.local(0, List.of(ModelSource.pretrained())));
  }

  static Studio start(Limits limits, Optional<String> token, ModelSource... models) {
    return Studio.start(
        new StudioOptions(
            StudioOptions.LOOPBACK,
            0,
            token,
            true,
            List.of(models),
            Optional.empty(),
            Path.of("target", "test-runs"),
            limits));
  }

  /** An untrained model of 28×28 pixels and of some shape. */
  static ModelSource untrained(String id, VaeConfig shape, String... figures) {
    Config start = Config.DEFAULT;
    Config config =
        new Config(
            shape,
            start.objective(),
            start.optimizer(),
            start.schedule(),
            start.data(),
            start.start(),
            start.seed());
    SortedMap<String, String> named = new TreeMap<>();
    for (int i = 0; i < figures.length; i += 2) {
      named.put(figures[i], figures[i + 1]);
    }
    ModelFile model = new ModelFile(config, new Vae(shape, 1), 28, 28, "0".repeat(64), 1, named);
    TensorFile file = model.toTensorFile();
    return new ModelSource(id, id, file, model, Optional.empty());
  }

  static void awaitReady(Wire wire) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (wire.get("/readyz").send().status() != 200) {
      if (System.nanoTime() > end) {
        throw new AssertionError(wire.get("/readyz").send().text());
      }
      Thread.sleep(10);
    }
  }
}
