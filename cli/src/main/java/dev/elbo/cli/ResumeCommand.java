package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSet;
import dev.elbo.training.Resumption;
import dev.elbo.training.TrainingRun;
import dev.elbo.training.WarmUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo resume}. */
@Command(
    name = "resume",
    sortOptions = false,
    sortSynopsis = false,
    header = "Goes on where a run stopped, to the same bytes as without the stop.",
    description =
        "--epochs may grow, --threads and --data may differ; any other change is an error.",
    modelTransformer = ConfigFlags.AddingForResuming.class)
final class ResumeCommand implements Callable<Integer>, ConfigFlags.Command {
  @Parameters(paramLabel = "RUN", description = "run directory, such as runs/latest")
  private Path path;

  private final ConfigFlags flags = new ConfigFlags();

  @Mixin private Threads threads;
  @Mixin private TrainingOutput output;

  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where the data lies now")
  private Path data;

  @Option(
      names = "--studio",
      order = 126,
      description = "show it live in the browser; the page stays until Ctrl-C")
  private boolean studio;

  @Override
  public ConfigFlags configFlags() {
    return flags;
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = output.console();
    try (Resumption resumption = Resumption.open(NamedRun.of(path), console::say)) {
      resumption.change(flags.given());
      if (resumption.isFinished()) {
        reportFinished(resumption.config().epochs());
        return 0;
      }
      String name = resumption.config().dataset();
      long seed = resumption.config().seed();
      Optional<Path> before = resumption.dataLocation().filter(Files::isDirectory);
      Optional<Path> folder = Optional.ofNullable(data).or(() -> before);
      DataSet set =
          WarmUp.during(
              resumption.config(), () -> Data.load(console, Optional.of(name), folder, seed));
      console.sayKernels();
      if (studio) {
        return new StudioTraining(output, console)
            .train(
                NamedRun.of(path),
                Optional.ofNullable(data),
                threads.count(),
                () -> resumption.resume(set, threads.count()));
      }
      try (TrainingRun run = resumption.resume(set, threads.count())) {
        return output.train(run, console);
      }
    }
  }

  private void reportFinished(int epochs) {
    if (output.json()) {
      ObjectNode object = Json.object();
      object.put("run", path.toString());
      object.put("status", "finished");
      object.put("epochs", epochs);
      Json.print(object);
      return;
    }
    System.out.println(
        "%s is finished: %d %s; --epochs with a larger number goes on"
            .formatted(path, epochs, epochs == 1 ? "epoch" : "epochs"));
  }
}
