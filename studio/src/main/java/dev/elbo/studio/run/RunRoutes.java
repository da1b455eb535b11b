package dev.elbo.studio.run;

import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trainings: those in a folder of run directories, and new ones. */
public final class RunRoutes implements RoutePart {
  private final Path runs;
  private final Optional<Path> data;
  private final boolean mayStart;

  /**
   * @param runs the folder of run directories
   * @param data where data sets may lie, before the usual places
   * @param mayStart whether trainings can be started, or only watched
   */
  public RunRoutes(Path runs, Optional<Path> data, boolean mayStart) {
    this.runs = runs;
    this.data = data;
    this.mayStart = mayStart;
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }
}
