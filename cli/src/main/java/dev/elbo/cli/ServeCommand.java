package dev.elbo.cli;

import dev.elbo.studio.Studio;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code elbo serve}. */
@Command(
    name = "serve",
    sortOptions = false,
    sortSynopsis = false,
    header = "Serves models over HTTP: encode, decode, reconstruct, score, sample.",
    description =
        "The API without the page: docs/api.md describes it. It ends with Ctrl-C, after answering the"
            + " requests under way.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;

  @Override
  public Integer call() throws InterruptedException {
    Studio studio = server.start(false, server.console());
    System.out.println("serving " + studio.address());
    System.out.flush();
    ServerOptions.serve(studio);
    return 0;
  }
}
