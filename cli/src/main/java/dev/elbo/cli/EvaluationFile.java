package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code evaluation.json}. An earlier one is replaced, and nothing else is. */
record EvaluationFile(Path path) {
  static final String FORMAT = "format";
  static final String VERSION = "elbo-evaluation-1";

  /** Within so many bytes an evaluation says that it is one. */
  private static final int HEAD = 64;

  /** Before anything is computed: a place that cannot be written to costs no minutes. */
  void requireWritable() {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "%s: expected a folder to write to, found %s; make it, or choose another --out"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    if (Files.isDirectory(path)) {
      throw new InputException(
          "%s: expected a file to write, found a folder; choose another --out".formatted(path));
    }
    if (Files.exists(path) && !isEvaluation()) {
      throw new InputException(
          "%s: expected a new file or an earlier evaluation, found another file; choose another --out"
              .formatted(path));
    }
  }

  private boolean isEvaluation() {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(VERSION);
    } catch (IOException e) {
      throw FileProblem.of(path, "could not be read", e);
    }
  }

  void write(ObjectNode evaluation) {
    new DurableFiles(new LocalDisk()).writeText(path, Json.text(evaluation) + "\n");
  }
}
