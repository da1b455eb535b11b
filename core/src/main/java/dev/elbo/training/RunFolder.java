package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.checkpoint.RunLock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What lies where in a run directory. */
public record RunFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);
  private static final String LATEST = "latest";
  private static final String RUNS = "runs";
  private static final long LONGEST_NAME = 1024;
  private static final String CHECKPOINT = ".safetensors";
  private static final List<String> BEGINNING =
      List.of(
          ".lock",
          "environment.json",
          "metrics.csv",
          "events.jsonl",
          "progress.json",
          "checkpoint");

  public Path config() {
    return path.resolve("config.json");
  }

  public Path environment() {
    return path.resolve("environment.json");
  }

  /** Appears when training has ended. */
  public Path model() {
    return path.resolve("model.safetensors");
  }

  /** The mixture of the model's aggregate posterior; appears when somebody first draws from it. */
  public Path mixture() {
    return path.resolve("mixture.safetensors");
  }

  /** The t-SNE of the model's codes; appears when somebody first asks for it. */
  public Path map() {
    return path.resolve("map.safetensors");
  }

  /** What elbo evaluate measured of the model, if somebody asked. */
  public Path evaluation() {
    return path.resolve("evaluation.json");
  }

  public Path checkpoints() {
    return path.resolve("checkpoint");
  }

  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /** What a training told those who watch it, an event a line. */
  public Path events() {
    return path.resolve("events.jsonl");
  }

  /** The present moment of a training; gone when it ends or stops. */
  public Path progress() {
    return path.resolve("progress.json");
  }

  /** Originals and reconstructions after an epoch. */
  public Path picture(int epoch) {
    return path.resolve("image").resolve(String.format(Locale.ROOT, "epoch-%03d.png", epoch));
  }

  /** A grid decoded after an epoch, from the same draws of the prior in each. */
  public Path samples(int epoch) {
    return path.resolve("image").resolve(String.format(Locale.ROOT, "samples-%03d.png", epoch));
  }

  /** Originals and reconstructions at the end. */
  public Path reconstructions() {
    return path.resolve("image.png");
  }

  /** A grid decoded from the prior. */
  public Path generated() {
    return path.resolve("generated.png");
  }

  /** Where the data lay when the run was last worked on, if {@code environment.json} says so. */
  public Optional<Path> dataLocation() {
    return Environment.dataLocation(environment()).map(Path::of);
  }

  /** When the run began, in UTC, if {@code environment.json} says so. */
  public Optional<String> started() {
    return Environment.started(environment());
  }

  /** The rows of {@code metrics.csv} so far. */
  public List<EpochMetrics> rows() {
    return new MetricsFile(metrics(), files()).read();
  }

  CheckpointStore store() {
    return new CheckpointStore(checkpoints(), new LocalDisk());
  }

  static DurableFiles files() {
    return new DurableFiles(new LocalDisk());
  }

  /** Whether a run has begun here: its first checkpoint is there, or its configuration. */
  public boolean holdsRun() {
    return Files.exists(config()) || contains(checkpoints(), name -> name.endsWith(CHECKPOINT));
  }

  /** Whether a folder is there and holds a file of such a name. */
  private static boolean contains(Path folder, Predicate<String> wanted) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(file -> file.getFileName().toString()).anyMatch(wanted);
    } catch (IOException e) {
      throw FileProblem.of(folder, "could not be listed", e);
    }
  }

  /** Makes the directory; one that already holds a run is refused. */
  RunLock create() {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new InputException(
          "%s: expected a run directory, found a file; choose another --out".formatted(path));
    }
    refuseUsed();
    files().createFolder(path);
    RunLock lock = RunLock.acquire(path);
    try {
      // Again: another process may have begun a run before the lock was ours.
      refuseUsed();
    } catch (InputException e) {
      lock.close();
      throw e;
    }
    return lock;
  }

  private void refuseUsed() {
    if (holdsRun() || Files.exists(model())) {
      throw new InputException(
          "%s: expected a new directory, found a run in it; go on with elbo resume %s, or choose another --out"
              .formatted(path, path));
    }
    if (contains(path, name -> !isBeginning(name))) {
      throw new InputException(
          "%s: expected a new or an empty directory, found files in it; choose another --out"
              .formatted(path));
    }
  }

  /** What a run that was killed before its first checkpoint may have left. */
  private static boolean isBeginning(String name) {
    return BEGINNING.contains(name) || DurableFiles.isTemporary(name);
  }

  /** Takes away what a run that could not begin has written. */
  void abandon() {
    try {
      DurableFiles files = files();
      for (Path file : List.of(config(), environment(), metrics(), events())) {
        files.delete(file);
      }
      if (!holdsRun()) {
        Files.deleteIfExists(checkpoints());
      }
    } catch (IOException | InputException e) {
      // The disk that refused the run refuses this too; what is left is only a beginning.
    }
  }

  /** Opens a directory that must hold a run. */
  RunLock open() {
    if (!Files.isDirectory(path)) {
      throw new InputException(
          "%s: expected a run directory, found %s; elbo train makes one"
              .formatted(path, Files.exists(path) ? "a file" : "nothing"));
    }
    if (!holdsRun()) {
      throw new InputException(
          "%s: expected a run directory with config.json, found none; elbo train makes one"
              .formatted(path));
    }
    return RunLock.acquire(path);
  }

  /** {@code <date-time>} in a folder, with a number behind where two begin in the same second. */
  public static RunFolder newIn(Path runs) {
    String name = NAME.format(LocalDateTime.now());
    Path folder = runs.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = runs.resolve(name + "-" + i);
    }
    return new RunFolder(folder);
  }

  /**
   * Points {@code runs/latest} at a run in a folder {@code runs}; elsewhere nothing is written
   * beside the run. Where links cannot be made, a file holds its name. What is there by that name
   * and is neither is somebody's and stays.
   */
  void markLatest() {
    Path latest = path.resolveSibling(LATEST);
    try {
      // The run may itself have been named by way of the link.
      Path real = path.toRealPath();
      Path parent = real.getParent();
      latest = parent.resolve(LATEST);
      if (!parent.endsWith(RUNS) || !Files.isWritable(parent) || !isOurs(latest)) {
        return;
      }
      Path name = real.getFileName();
      Path beside = parent.resolve("." + LATEST + "-" + ProcessHandle.current().pid());
      Files.deleteIfExists(beside);
      try {
        Files.createSymbolicLink(beside, name);
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.writeString(beside, name + "\n");
      }
      Files.move(beside, latest, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileProblem.of(latest, "could not be pointed at the new run", e);
    }
  }

  /** Nothing, a link to a neighbour, or a file that holds the name of a neighbouring run. */
  private static boolean isOurs(Path latest) throws IOException {
    if (Files.isSymbolicLink(latest)) {
      return Files.readSymbolicLink(latest).getNameCount() == 1;
    }
    if (!Files.exists(latest)) {
      return true;
    }
    return Files.isRegularFile(latest)
        && Files.size(latest) < LONGEST_NAME
        && new RunFolder(latest.resolveSibling(Files.readString(latest).strip())).holdsRun();
  }

  /** The newest run below a folder, if {@code latest} points at one. */
  public static Optional<RunFolder> latest(Path runs) {
    Path latest = runs.resolve(LATEST);
    try {
      if (Files.isDirectory(latest)) {
        return Optional.of(new RunFolder(runs.resolve(latest.toRealPath().getFileName())));
      }
      if (Files.isRegularFile(latest)) {
        return Optional.of(new RunFolder(runs.resolve(Files.readString(latest).strip())));
      }
    } catch (IOException e) {
      throw FileProblem.of(latest, "could not be read", e);
    }
    return Optional.empty();
  }
}
