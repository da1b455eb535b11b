package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as it lies in its directory, in a few words; nothing is locked or changed.
 *
 * @param epochs those with a row of metrics
 * @param seconds of training, stops not counted
 * @param finished whether its model is there
 * @param result the row of the model that the run has, or so far would have
 */
public record RunSummary(
    RunFolder folder,
    Config config,
    int epochs,
    double seconds,
    boolean finished,
    Optional<EpochMetrics> result) {

  public static RunSummary of(RunFolder folder) {
    String json;
    try {
      json = Files.readString(folder.config());
    } catch (IOException e) {
      throw FileProblem.of(folder.config(), "could not be read", e);
    }
    Config config = ConfigJson.parse(json, folder.config().toString());
    List<EpochMetrics> rows = folder.rows();
    return new RunSummary(
        folder,
        config,
        rows.size(),
        rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seconds(),
        Files.exists(folder.model()),
        EpochMetrics.result(rows));
  }

  /**
   * The run directories in a folder and in the folders of it that hold none themselves but several
   * seeds, by name; {@code latest}, which is another name of one, is left out.
   *
   * @throws InputException where the folder itself cannot be listed
   */
  public static List<RunFolder> below(Path runs) {
    List<RunFolder> found = new ArrayList<>();
    for (Path child : folders(runs)) {
      RunFolder run = new RunFolder(child);
      if (Files.exists(run.config())) {
        found.add(run);
      } else {
        found.addAll(seeds(child));
      }
    }
    return found;
  }

  /** One that cannot be looked into, or is gone by now, must not hide all others. */
  private static List<RunFolder> seeds(Path parent) {
    try {
      return folders(parent).stream()
          .map(RunFolder::new)
          .filter(seed -> Files.exists(seed.config()))
          .toList();
    } catch (InputException unreadable) {
      return List.of();
    }
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> inside = Files.list(parent)) {
      return inside
          .filter(Files::isDirectory)
          .filter(p -> !Files.isSymbolicLink(p))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileProblem.of(parent, "could not be listed", e);
    }
  }
}
