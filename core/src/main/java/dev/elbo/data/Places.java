package dev.elbo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where data may lie on this machine. Handed in, so that nothing below reads the environment.
 *
 * @param environment the folder that {@code ELBO_DATA} names, if it is set
 * @param local {@code data} in the working directory
 * @param cache where downloads are kept
 */
public record Places(Optional<Path> environment, Path local, Path cache) {

  /** The places of this process: its environment, working directory and user. */
  public static Places ofThisProcess() {
    return of(System.getenv(), Path.of(""), Path.of(System.getProperty("user.home")));
  }

  /**
   * The cache is {@code elbo} in {@code $XDG_CACHE_HOME}, if that is set and absolute as its
   * specification asks, or else in {@code ~/.cache}. An empty variable counts as unset.
   */
  public static Places of(Map<String, String> variables, Path workingDirectory, Path home) {
    Path caches =
        variable(variables, "XDG_CACHE_HOME")
            .filter(Path::isAbsolute)
            .orElse(home.resolve(".cache"));
    return new Places(
        variable(variables, "ELBO_DATA").map(workingDirectory::resolve),
        workingDirectory.resolve("data"),
        caches.resolve("elbo"));
  }

  /** All places in the order searched; a folder given on the command line goes first. */
  List<Path> inOrder(Optional<Path> given) {
    List<Path> places = new ArrayList<>();
    given.ifPresent(places::add);
    environment.ifPresent(places::add);
    places.add(local);
    places.add(cache);
    return places;
  }

  private static Optional<Path> variable(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty()).map(Path::of);
  }
}
