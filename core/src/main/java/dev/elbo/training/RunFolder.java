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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies where in a run directory. */
public record RunFolder(Path path) {
  private static final String LATEST = "latest";

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

  public Path checkpoints() {
    return path.resolve("checkpoint");
  }

  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /** Originals and reconstructions after an epoch. */
  public Path picture(int epoch) {
    return path.resolve("image").resolve(String.format(Locale.ROOT, "epoch-%03d.png", epoch));
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

  CheckpointStore store() {
    return new CheckpointStore(checkpoints(), new LocalDisk());
  }

  static DurableFiles files() {
    return new DurableFiles(new LocalDisk());
  }

  public boolean holdsRun() {
    return Files.exists(config()) || Files.exists(checkpoints());
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
    try (Stream<Path> inside = Files.isDirectory(path) ? Files.list(path) : Stream.empty()) {
      if (inside.anyMatch(file -> !file.getFileName().toString().equals(".lock"))) {
        throw new InputException(
            "%s: expected a new or an empty directory, found files in it; choose another --out"
                .formatted(path));
      }
    } catch (IOException e) {
      throw FileProblem.of(path, "could not be listed", e);
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

  /**
   * Points {@code latest} beside the run at it; where links cannot be made, a file holds its name.
   */
  void markLatest() {
    Path latest = path.resolveSibling(LATEST);
    try {
      // The run may itself have been named by way of the link.
      Path real = path.toRealPath();
      Path parent = real.getParent();
      Path name = real.getFileName();
      latest = parent.resolve(LATEST);
      if (name.equals(latest.getFileName())) {
        return; // A run that is itself called so is found by that name.
      }
      if (Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(parent)) {
        return; // Somebody's folder of that name, or a place where only the run is ours.
      }
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
