package dev.elbo.studio.run;

import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The run directories in a folder, by id. An id that a request names is looked up among those that
 * are there and never made into a path.
 */
record RunList(Path runs) {

  /** All of them; names that give the same id are told apart by a number. */
  SortedMap<String, RunFolder> byId() {
    SortedMap<String, RunFolder> byId = new TreeMap<>();
    if (!Files.isDirectory(runs)) {
      return byId;
    }
    for (RunFolder run : RunSummary.below(runs)) {
      String wanted = ModelSource.idOf(name(run));
      String id = wanted;
      for (int number = 2; byId.containsKey(id); number++) {
        id = wanted + "-" + number;
      }
      byId.put(id, run);
    }
    return byId;
  }

  /** As people know it: the folder's name, below that of its seeds. */
  String name(RunFolder run) {
    return runs.relativize(run.path()).toString();
  }

  String idOf(RunFolder run) {
    return byId().entrySet().stream()
        .filter(entry -> entry.getValue().equals(run))
        .map(entry -> entry.getKey())
        .findFirst()
        .orElseGet(() -> ModelSource.idOf(name(run)));
  }

  /**
   * The run that a request names in its path as {@code id}.
   *
   * @throws Problem 404 where there is none
   */
  RunFolder of(Request request) {
    RunFolder run = byId().get(request.path("id"));
    if (run == null) {
      throw Problem.notFound(
          "id: expected a run of /api/v1/runs, found %s"
              .formatted(Request.shown(request.path("id"))));
    }
    return run;
  }
}
