package dev.elbo.cli;

import dev.elbo.studio.Studio;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo studio}. */
@Command(
    name = "studio",
    sortOptions = false,
    sortSynopsis = false,
    header = "Opens a page in the browser: draw, walk on the map of codes, watch training live.",
    description =
        "Serves the page and the API of docs/api.md, to this machine alone unless --host. Ctrl-C ends it, after"
            + " answering the requests under way.")
final class StudioCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;

  @Option(names = "--no-open", description = "leave the browser alone")
  private boolean stayClosed;

  @Override
  public Integer call() throws InterruptedException {
    Console console = server.console();
    Studio studio = server.start(true, console);
    System.out.println("studio " + studio.pageAddress());
    System.out.flush();
    if (!stayClosed) {
      Browser.open(studio.pageAddress(), System.getenv(), System.getProperty("os.name"));
    }
    ServerOptions.serve(studio);
    return 0;
  }
}
