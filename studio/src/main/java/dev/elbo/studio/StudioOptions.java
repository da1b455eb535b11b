package dev.elbo.studio;

import dev.elbo.InputException;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a studio is started.
 *
 * @param port 0 for any free one
 * @param token that every client must have, if any; an address beyond this machine asks for one
 * @param page whether there are the page and the starting of trainings, or the API alone
 * @param data where data sets may lie, before the usual places
 * @param runs the folder of run directories
 */
public record StudioOptions(
    String host,
    int port,
    Optional<String> token,
    boolean page,
    List<ModelSource> models,
    Optional<Path> data,
    Path runs,
    Limits limits) {
  public static final String LOOPBACK = "127.0.0.1";
  public static final int PORT = 7462;

  private static final int LARGEST_PORT = 65_535;
  private static final int LEAST_TOKEN = 16;

  public StudioOptions {
    models = List.copyOf(models);
    if (port < 0 || port > LARGEST_PORT) {
      throw new InputException(
          "--port: expected a number from 0 to %d, found %d; 0 is any free one"
              .formatted(LARGEST_PORT, port));
    }
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{" + LEAST_TOKEN + ",512}")) {
      throw new InputException(
          "--token: expected %d to 512 letters, digits or signs without spaces, found another text; make a longer one"
              .formatted(LEAST_TOKEN));
    }
    if (!Guards.isLoopback(host) && token.isEmpty()) {
      throw new InputException(
          "--host: expected a token for an address beyond this machine, found %s without one; add --token, or leave --host out"
              .formatted(host));
    }
  }

  /** On this machine alone, with the page, for a training in a folder of runs. */
  public static StudioOptions training(
      int port, List<ModelSource> models, Optional<Path> data, Path runs) {
    return new StudioOptions(
        LOOPBACK, port, Optional.empty(), true, models, data, runs, Limits.DEFAULT);
  }

  /** On this machine alone, with the page and the models. */
  public static StudioOptions local(int port, List<ModelSource> models) {
    return new StudioOptions(
        LOOPBACK,
        port,
        Optional.empty(),
        true,
        models,
        Optional.empty(),
        Path.of("runs"),
        Limits.DEFAULT);
  }
}
