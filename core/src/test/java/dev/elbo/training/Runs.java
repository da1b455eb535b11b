package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Small runs for tests: six steps an epoch, the last of them a part of a batch. */
final class Runs {
  static final int CLASSES = 5;
  static final DataSet DATA = labelled(Blobs.dataSet(83, 21, 5, 7));
  static final int STEPS_PER_EPOCH = 6;
  static final int EPOCHS = 4;
  static final Config CONFIG = config(EPOCHS, 0.003);

  private Runs() {}

  private static DataSet labelled(DataSet data) {
    return new DataSet(
        data.name(), labelled(data.train()), labelled(data.test()), data.sha256(), data.location());
  }

  private static Images labelled(Images images) {
    byte[] labels = new byte[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i * 3 % CLASSES);
    }
    return new Images(
        images.count(), images.height(), images.width(), images.pixels(), Optional.of(labels));
  }

  static Config config(int epochs, double learningRate) {
    VaeConfig vae = new VaeConfig(35, List.of(12, 9), 4, Activation.RELU, LikelihoodKind.BERNOULLI);
    return new Config(vae, 16, epochs, learningRate, KlWeight.beta(0.8), 5, "blobs");
  }

  /** Trains without a stop and returns the folder. */
  static RunFolder whole(Path path, Config config) {
    RunFolder folder = new RunFolder(path);
    assertThat(start(folder, config, 1, () -> false)).isTrue();
    return folder;
  }

  static boolean start(RunFolder folder, Config config, int threads, BooleanSupplier stop) {
    try (TrainingRun run = TrainingRun.start(folder, config, DATA, threads)) {
      return run.train(event -> {}, stop);
    }
  }

  /** Starts and stops before the step after {@code steps}. */
  static RunFolder stopped(Path path, Config config, int steps) {
    RunFolder folder = new RunFolder(path);
    assertThat(start(folder, config, 1, afterSteps(steps))).isFalse();
    return folder;
  }

  static boolean resume(RunFolder folder, int threads, BooleanSupplier stop) {
    return resume(folder, threads, stop, new ArrayList<>());
  }

  static boolean resume(RunFolder folder, int threads, BooleanSupplier stop, List<String> notices) {
    try (Resumption resumption = Resumption.open(folder, notices::add);
        TrainingRun run = resumption.resume(DATA, threads)) {
      return run.train(event -> {}, stop);
    }
  }

  /** A stop is asked for before every step, so the count of askings is that of steps. */
  static BooleanSupplier afterSteps(int steps) {
    int[] asked = {0};
    return () -> asked[0]++ == steps;
  }

  static byte[] modelBytes(RunFolder folder) throws IOException {
    return Files.readAllBytes(folder.model());
  }

  /** The lines of {@code metrics.csv} without the columns seconds and images_per_second. */
  static List<String> timeless(RunFolder folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.metrics())) {
      List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
      cells.subList(2, 4).clear();
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  /** The lines of {@code events.jsonl} without the values that clocks gave. */
  static List<String> timelessEvents(RunFolder folder) throws IOException {
    return Files.readAllLines(folder.events()).stream()
        .map(line -> line.replaceAll("\"(seconds|images_per_second)\":[^,}]*,", ""))
        .toList();
  }

  /** Every result that must not depend on stops: the model's bytes, the metrics, the events. */
  static void assertSame(RunFolder found, RunFolder expected) throws IOException {
    assertThat(modelBytes(found)).isEqualTo(modelBytes(expected));
    assertThat(timeless(found)).isEqualTo(timeless(expected));
    assertThat(timelessEvents(found)).isEqualTo(timelessEvents(expected));
    assertThat(found.progress()).doesNotExist();
  }

  /** The newest checkpoint file first. */
  static List<Path> checkpoints(RunFolder folder) throws IOException {
    try (var files = Files.list(folder.checkpoints())) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .sorted((a, b) -> b.compareTo(a))
          .toList();
    }
  }
}
