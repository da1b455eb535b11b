package dev.elbo.cli;

import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run directory as somebody named it: {@code runs/latest} is a file where links cannot be made.
 */
final class NamedRun {
  private NamedRun() {}

  static RunFolder of(Path path) {
    boolean latest = path.endsWith("latest") && Files.isRegularFile(path);
    return Optional.of(path.resolveSibling(""))
        .filter(runs -> latest)
        .flatMap(RunFolder::latest)
        .orElseGet(() -> new RunFolder(path));
  }
}
