package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {
  @TempDir Path folder;

  @Test
  void theBiasOfTheOutputIsTheLogitOfTheMeanKeptFromItsEnds() {
    byte[] pixels = {0, (byte) 255, 51, 0, (byte) 255, 51};
    float[] logits = StartingWeights.logitsOfMeans(new Images(2, 1, 3, pixels, Optional.empty()));
    float rounding = 1e-6f;
    assertThat(logits[0]).isCloseTo((float) Math.log(0.001 / 0.999), within(rounding));
    assertThat(logits[1]).isCloseTo((float) Math.log(0.999 / 0.001), within(rounding));
    assertThat(logits[2]).isCloseTo((float) Math.log(0.2 / 0.8), within(rounding));
  }

  @Test
  void onlyTheOutputsBiasIsTakenFromTheData() {
    Config config = Options.with(Runs.CONFIG, "output_bias=data");
    try (Trainer usual = new Trainer(Runs.CONFIG, Runs.DATA, Kernels.best(), 1);
        Trainer biased = new Trainer(config, Runs.DATA, Kernels.best(), 1)) {
      for (int i = 0; i < usual.vae().parameters().size(); i++) {
        Parameter before = usual.vae().parameters().get(i);
        float[] expected =
            before.name().equals("output.bias")
                ? StartingWeights.logitsOfMeans(Runs.DATA.train())
                : before.toArray();
        assertThat(biased.vae().parameters().get(i).toArray()).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRunBeginsFromAModelAndResumesWithoutIt() throws IOException {
    Vae from = new Vae(Runs.CONFIG.vae(), 99);
    Config config = Runs.CONFIG.with(ConfigKey.FROM_SHA256, TrainingRun.digest(from));
    RunFolder whole = new RunFolder(folder.resolve("whole"));
    RunFolder stopped = new RunFolder(folder.resolve("stopped"));
    try (TrainingRun run = TrainingRun.start(whole, config, Runs.DATA, Optional.of(from), 1)) {
      assertThat(TrainingRun.digest(run.trainer().vae())).isEqualTo(TrainingRun.digest(from));
      assertThat(run.train(event -> {}, () -> false)).isTrue();
    }
    try (TrainingRun run = TrainingRun.start(stopped, config, Runs.DATA, Optional.of(from), 1)) {
      assertThat(run.train(event -> {}, Runs.afterSteps(8))).isFalse();
    }
    assertThat(Runs.resume(stopped, 2, () -> false)).isTrue();
    Runs.assertSame(stopped, whole);
    assertThat(Runs.modelBytes(whole))
        .isNotEqualTo(Runs.modelBytes(Runs.whole(folder.resolve("fresh"), Runs.CONFIG)));
  }

  @Test
  void aConfigurationOfAModelThatIsNotGivenIsRefused() {
    Config config = Runs.CONFIG.with(ConfigKey.FROM_SHA256, "abc");
    RunFolder run = new RunFolder(folder.resolve("run"));
    assertThatThrownBy(() -> TrainingRun.start(run, config, Runs.DATA, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "from_sha256: expected the model with weights of sha256 abc, found none; give it with --from");
    assertThat(run.path()).doesNotExist();
  }
}
