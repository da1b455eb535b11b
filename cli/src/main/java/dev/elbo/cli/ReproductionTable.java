package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Markdown table of reproductions in a file that may hold much else. A row takes the place of
 * an earlier one of its name and passes; otherwise it comes last.
 */
record ReproductionTable(Path path) {
  private static final String HEAD = line(Reproduction.HEADER);
  private static final String RULE = "|---|---|---|---|---|---|---|---|";
  private static final int PASSES = Reproduction.HEADER.indexOf("passes");

  /** Before anything is trained. */
  void requireWritable() {
    if (Files.isDirectory(path)) {
      throw new InputException(
          "%s: expected a Markdown file, found a folder; choose another --results".formatted(path));
    }
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "%s: expected a folder to write to, found %s; make it, or choose another --results"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
  }

  void add(Reproduction reproduction) {
    List<String> lines = new ArrayList<>(read());
    if (!lines.contains(HEAD)) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(HEAD);
      lines.add(RULE);
    }
    int at = lines.indexOf(HEAD) + 2;
    String name = key(reproduction.cells());
    while (at < lines.size() && lines.get(at).startsWith("|")) {
      if (key(cells(lines.get(at))).equals(name)) {
        lines.remove(at);
      } else {
        at++;
      }
    }
    lines.add(at, line(reproduction.cells()));
    new DurableFiles(new LocalDisk()).writeText(path, String.join("\n", lines) + "\n");
  }

  private List<String> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw FileProblem.of(path, "could not be read", e);
    }
  }

  private static String key(List<String> cells) {
    return cells.get(0) + " " + (cells.size() > PASSES ? cells.get(PASSES) : "");
  }

  private static List<String> cells(String line) {
    return List.of(line.substring(1).split("\\|", -1)).stream().map(String::strip).toList();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
