package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.DownloadListener;
import dev.elbo.data.Places;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model inside the program, measured anew on the MNIST that it was trained on. */
class PretrainedFiguresTest {
  // What the default configuration must reach on the test set.
  private static final double MOST_MSE = 0.0092;
  private static final double MOST_NATS = 108.8;
  private static final int LEAST_ACTIVE = 22;

  @TempDir Path empty;

  @Test
  void thePretrainedModelIsAsGoodAsItMustBeAndAsItSays() {
    DataSet mnist = mnist();
    ModelFile model = ModelFile.of(Pretrained.read(), Pretrained.NAME);
    assertThat(model.datasetSha256()).isEqualTo(mnist.sha256());

    TestFigures figures;
    try (Team team = new Team(2)) {
      figures =
          new TestBound(model.vae(), mnist.test(), model.config().seed(), Kernels.best(), team)
              .measure();
    }

    assertThat(model.figures())
        .containsAllEntriesOf(
            Map.of(
                "test_mse", Numbers.text(figures.mse()),
                "test_reconstruction", Numbers.text(figures.reconstruction()),
                "test_kl", Numbers.text(figures.kl()),
                "active_units", String.valueOf(figures.activeUnits())));
    assertThat(figures.mse()).isLessThanOrEqualTo(MOST_MSE);
    assertThat(figures.reconstruction() + figures.kl()).isLessThanOrEqualTo(MOST_NATS);
    assertThat(figures.activeUnits()).isGreaterThanOrEqualTo(LEAST_ACTIVE);
  }

  private DataSet mnist() {
    String folder = System.getenv("ELBO_DATA");
    assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder, "mnist")),
        "ELBO_DATA names no folder with MNIST");
    return new DataSets(
            new Places(Optional.of(Path.of(folder)), empty, empty),
            seed -> {
              throw new AssertionError("pen digits were not asked for");
            },
            DownloadListener.SILENT,
            line -> {
              throw new AssertionError(line);
            })
        .load(Optional.of("mnist"), Optional.empty(), 0);
  }
}
