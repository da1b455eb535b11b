package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;
  private Path runs;

  @BeforeEach
  void aFolderOfRuns() {
    runs = folder.resolve("runs");
  }

  @Test
  void aRunLeavesTheFilesOfTheDesignAndNoOthers() throws IOException {
    RunFolder run = Runs.whole(runs.resolve("a"), Runs.config(2, 0.003));
    List<String> names;
    try (var files = Files.walk(run.path())) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> run.path().relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
    }
    assertThat(names)
        .containsExactly(
            ".lock",
            "checkpoint/step-0000000006.safetensors",
            "checkpoint/step-0000000012.safetensors",
            "config.json",
            "environment.json",
            "events.jsonl",
            "generated.png",
            "image.png",
            "image/epoch-001.png",
            "image/epoch-002.png",
            "image/samples-001.png",
            "image/samples-002.png",
            "metrics.csv",
            "model.safetensors");
  }

  @Test
  void thePictureOfTheLastEpochIsTheFinalOne() throws IOException {
    RunFolder run = Runs.whole(runs.resolve("a"), Runs.config(2, 0.003));
    assertThat(pixels(run.reconstructions()))
        .isEqualTo(pixels(run.picture(2)))
        .isNotEqualTo(pixels(run.picture(1)));
    assertThat(pixels(run.generated())).isNotEqualTo(pixels(run.reconstructions()));
  }

  @Test
  void latestIsTheRunThatWasBegunOrResumedLast() {
    assertThat(RunFolder.latest(runs)).isEmpty();
    RunFolder a = Runs.stopped(runs.resolve("a"), Runs.CONFIG, 1);
    assertThat(RunFolder.latest(runs)).contains(a);
    RunFolder b = Runs.stopped(runs.resolve("b"), Runs.CONFIG, 1);
    assertThat(RunFolder.latest(runs)).contains(b);
    assertThat(Runs.resume(a, 1, () -> true)).isFalse();
    assertThat(RunFolder.latest(runs)).contains(a);
  }

  @Test
  void whereThereAreNoLinksAFileNamesTheLatest() throws IOException {
    RunFolder a = Runs.stopped(runs.resolve("a"), Runs.CONFIG, 1);
    Files.delete(runs.resolve("latest"));
    Files.writeString(runs.resolve("latest"), "a\n");
    assertThat(RunFolder.latest(runs)).contains(a);
  }

  @Test
  void besideARunElsewhereNothingIsWritten() throws IOException {
    Runs.stopped(folder.resolve("elsewhere").resolve("a"), Runs.CONFIG, 1);
    try (var files = Files.list(folder.resolve("elsewhere"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @Test
  void somebodysFileCalledLatestStays() throws IOException {
    Files.createDirectories(runs);
    Files.writeString(runs.resolve("latest"), "my notes\n");
    Runs.stopped(runs.resolve("a"), Runs.CONFIG, 1);
    assertThat(runs.resolve("latest")).isRegularFile().hasContent("my notes");
    Files.delete(runs.resolve("latest"));
    Files.createSymbolicLink(runs.resolve("latest"), folder);
    Runs.stopped(runs.resolve("b"), Runs.CONFIG, 1);
    assertThat(Files.readSymbolicLink(runs.resolve("latest"))).isEqualTo(folder);
  }

  @Test
  void whatARunKilledBeforeItsFirstCheckpointLeftIsNoObstacle() throws IOException {
    Path begun = runs.resolve("a");
    Files.createDirectories(begun.resolve("checkpoint"));
    Files.writeString(begun.resolve("environment.json"), "{}");
    Files.writeString(begun.resolve(".metrics.csv.tmp-0123abcd-1"), "");
    RunFolder run = Runs.whole(begun, Runs.config(1, 0.003));
    assertThat(run.model()).exists();
  }

  @Test
  void aRunMayItselfBeCalledLatest() {
    RunFolder run = Runs.stopped(runs.resolve("latest"), Runs.CONFIG, 1);
    assertThat(RunFolder.latest(runs)).contains(run);
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
  }

  private static int[] pixels(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
