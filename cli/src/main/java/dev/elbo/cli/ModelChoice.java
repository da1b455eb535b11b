package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/**
 * The model that a command works on: the one named, else the newest run's, else the one inside the
 * program.
 */
final class ModelChoice {
  private static final Path RUNS = Path.of("runs");

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "run directory or .safetensors file; without it runs/latest, else the model inside the"
              + " program")
  private Path path;

  /**
   * @param name for people
   * @param file the file it was read from; its tensors and metadata
   * @param run the run directory that it lies in
   */
  record Chosen(String name, TensorFile file, ModelFile model, Optional<RunFolder> run) {}

  /** The model of a run directory or a file. */
  static Chosen named(Path path) {
    RunFolder run = NamedRun.of(path);
    return Files.isDirectory(run.path()) ? ofRun(run) : read(path, Optional.empty());
  }

  /** Reads the model and says in one line which it is. */
  Chosen load(Console console) {
    Chosen chosen = choose(console);
    console.say("model: " + chosen.name());
    return chosen;
  }

  private Chosen choose(Console console) {
    return path != null ? named(path) : byDefault(console);
  }

  /** The newest run's, else the one inside the program. */
  static Chosen byDefault(Console console) {
    Optional<RunFolder> latest = RunFolder.latest(RUNS);
    if (latest.isPresent() && Files.exists(latest.get().model())) {
      return ofRun(latest.get());
    }
    if (Files.exists(RUNS.resolve("latest"), LinkOption.NOFOLLOW_LINKS)) {
      console.say("note: runs/latest leads to no finished run");
    }
    TensorFile file = Pretrained.read();
    return new Chosen(Pretrained.NAME, file, ModelFile.of(file, Pretrained.NAME), Optional.empty());
  }

  private static Chosen ofRun(RunFolder run) {
    if (!Files.exists(run.model())) {
      throw new InputException(
          run.holdsRun()
              ? "%s: expected a finished run, found one without model.safetensors; elbo resume %s ends it"
                  .formatted(run.path(), run.path())
              : "%s: expected a run directory or a .safetensors file, found a folder without a model; elbo train makes one"
                  .formatted(run.path()));
    }
    return read(run.model(), Optional.of(run));
  }

  private static Chosen read(Path path, Optional<RunFolder> run) {
    TensorFile file = SafeTensors.read(path);
    return new Chosen(path.toString(), file, ModelFile.of(file, path.toString()), run);
  }
}
