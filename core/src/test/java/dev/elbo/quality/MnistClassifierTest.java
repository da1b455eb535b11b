package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.DownloadListener;
import dev.elbo.data.Places;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier of real digits is good enough to judge made ones. */
@Tag("slow")
class MnistClassifierTest {
  private static final double LEAST_ACCURACY = 0.983;

  @TempDir Path empty;

  @Test
  void ofMnistsTestDigitsItGetsEnoughRight() {
    String folder = System.getenv("ELBO_DATA");
    assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder, "mnist")),
        "ELBO_DATA names no folder with MNIST");
    DataSet mnist =
        new DataSets(
                new Places(Optional.of(Path.of(folder)), empty, empty),
                seed -> {
                  throw new AssertionError("pen digits were not asked for");
                },
                DownloadListener.SILENT,
                line -> {
                  throw new AssertionError(line);
                })
            .load(Optional.of("mnist"), Optional.empty(), 0);
    try (Team team = new Team(2)) {
      assertThat(TrainedClassifier.of(mnist, Kernels.best(), team).testAccuracy())
          .isGreaterThanOrEqualTo(LEAST_ACCURACY);
    }
  }
}
