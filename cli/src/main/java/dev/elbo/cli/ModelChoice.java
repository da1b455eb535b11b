package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;

import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The model that a command works on: the one named, else the newest run's, else the one inside the
 * program; and the data that goes with it.
 */
final class ModelChoice {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description = {
        "run directory or .safetensors file;",
        "without it runs/latest, else the model inside the program"
      })
  private Path path;

  @Option(names = "--data", paramLabel = "DIR", description = "where the model's data lies")
  private Path data;

  /**
   * @param name for people
   * @param file the file it was read from; its tensors and metadata
   * @param run the run directory that it lies in
   */
  record Chosen(String name, TensorFile file, ModelFile model, Optional<RunFolder> run) {}

  /** Reads the model and says in one line which it is. */
  Chosen load(Console console) {
    Chosen chosen = choose();
    console.say("model: " + chosen.name());
    return chosen;
  }

  private Chosen choose() {
    if (path != null) {
      return Files.isDirectory(path) ? ofRun(new RunFolder(path)) : read(path, Optional.empty());
    }
    Optional<RunFolder> latest = RunFolder.latest(Path.of("runs"));
    if (latest.isPresent() && Files.exists(latest.get().model())) {
      return ofRun(latest.get());
    }
    TensorFile file = Pretrained.read();
    return new Chosen(
        Pretrained.NAME, file, ModelFile.of(file, Pretrained.NAME), Optional.empty());
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

  /** The data that the model was trained on; where it cannot be had, pen digits stand in. */
  DataSet data(Chosen chosen, Console console) {
    ModelFile model = chosen.model();
    String name = model.config().dataset();
    Optional<Path> where =
        Optional.ofNullable(data)
            .or(() -> chosen.run().flatMap(RunFolder::dataLocation).filter(Files::isDirectory));
    // By no name MNIST gives way to pen digits where it is nowhere; other sets have no stand-in.
    boolean replaceable = name.equals("mnist") && data == null;
    Optional<String> asked = replaceable ? Optional.empty() : Optional.of(name);
    DataSet set = Data.load(console, asked, where, model.config().seed());
    if (set.test().height() != model.height() || set.test().width() != model.width()) {
      throw new InputException(
          "%s: expected images of %d×%d pixels as %s was trained on, found %d×%d; give other data with --data"
              .formatted(
                  set.location(),
                  model.height(),
                  model.width(),
                  chosen.name(),
                  set.test().height(),
                  set.test().width()));
    }
    if (!set.sha256().equals(model.datasetSha256()) && !set.name().equals(DataSets.PEN)) {
      console.say("note: these are not the images that the model was trained on");
    }
    return set;
  }
}
