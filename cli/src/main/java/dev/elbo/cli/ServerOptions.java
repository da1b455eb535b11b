package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.studio.Studio;
import dev.elbo.studio.StudioOptions;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which models a server has, where it listens, and how it ends. */
final class ServerOptions {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description =
          "run directories or .safetensors files; without one runs/latest, else the model inside"
              + " the program")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = StudioOptions.LOOPBACK,
      description =
          "name or address to listen on; one beyond this machine needs --token (127.0.0.1)")
  private String host;

  @Option(names = "--port", paramLabel = "N", description = "0 for any free one (7462)")
  private Integer port;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description = "that every client must send, as Authorization: Bearer TEXT; 16 signs or more")
  private String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where data sets may lie, before the usual places")
  private Path data;

  @Option(names = "--quiet", description = "say nothing but results and errors")
  private boolean quiet;

  Console console() {
    return Console.of(quiet);
  }

  /** Starts it; where no port was asked for and the usual one is taken, on another. */
  Studio start(boolean page, Console console) {
    if (data != null && !Files.isDirectory(data)) {
      throw new InputException(
          "--data: expected a folder, found none at %s; correct it or leave it out"
              .formatted(data));
    }
    List<ModelSource> models = models(console);
    StudioOptions options = options(page, models, port == null ? StudioOptions.PORT : port);
    if (!Guards.isLoopback(host)) {
      console.say(
          "note: %s is reached from other machines; who has the token may use all of it, unencrypted"
              .formatted(host));
    }
    try {
      return Studio.start(options);
    } catch (InputException e) {
      if (port != null || !e.getMessage().startsWith("--port")) {
        throw e;
      }
      return Studio.start(options(page, models, 0));
    }
  }

  private StudioOptions options(boolean page, List<ModelSource> models, int at) {
    return new StudioOptions(
        host,
        at,
        Optional.ofNullable(token),
        page,
        models,
        Optional.ofNullable(data),
        Path.of("runs"),
        Limits.DEFAULT);
  }

  private List<ModelSource> models(Console console) {
    if (paths.isEmpty()) {
      return List.of(source(ModelChoice.byDefault(console), List.of()));
    }
    List<ModelSource> models = new ArrayList<>();
    for (Path path : paths) {
      models.add(source(ModelChoice.named(path), models));
    }
    return models;
  }

  /** Models of one name are told apart by a number. */
  private static ModelSource source(ModelChoice.Chosen chosen, List<ModelSource> before) {
    Path path = chosen.run().map(RunFolder::path).orElseGet(() -> Path.of(chosen.name()));
    String wanted =
        chosen.name().equals(Pretrained.NAME)
            ? ModelSource.DEFAULT
            : ModelSource.idOf(path.toAbsolutePath().normalize().getFileName().toString());
    List<String> taken = before.stream().map(ModelSource::id).toList();
    String id = wanted;
    for (int number = 2; taken.contains(id); number++) {
      id = wanted + "-" + number;
    }
    return new ModelSource(id, chosen.name(), chosen.file(), chosen.model(), chosen.run());
  }

  /** Serves until the process is asked to end; requests under way are answered first. */
  static void serve(Studio studio) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(studio::close, "elbo-drain"));
    new CountDownLatch(1).await();
  }
}
