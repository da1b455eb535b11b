package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Path WORK = Path.of("/w");
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void theFolderGivenGoesFirstAndTheCacheLast() {
    Places places = Places.of(Map.of("ELBO_DATA", "/sets"), WORK, HOME);
    assertThat(places.inOrder(Optional.of(Path.of("/given"))))
        .containsExactly(
            Path.of("/given"), Path.of("/sets"), Path.of("/w/data"), HOME.resolve(".cache/elbo"));
  }

  @Test
  void anEmptyVariableCountsAsUnset() {
    Places places = Places.of(Map.of("ELBO_DATA", "", "XDG_CACHE_HOME", ""), WORK, HOME);
    assertThat(places.inOrder(Optional.empty()))
        .containsExactly(Path.of("/w/data"), HOME.resolve(".cache/elbo"));
  }

  @Test
  void theCacheFollowsItsVariableOnlyIfAbsolute() {
    assertThat(Places.of(Map.of("XDG_CACHE_HOME", "/c"), WORK, HOME).cache())
        .isEqualTo(Path.of("/c/elbo"));
    assertThat(Places.of(Map.of("XDG_CACHE_HOME", "c"), WORK, HOME).cache())
        .isEqualTo(HOME.resolve(".cache/elbo"));
  }
}
