package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.elbo.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DownloaderTest {
  private static final Role ROLE = Role.TEST_LABELS;
  private static final Patience SHORT = patience(700, 20_000);

  @TempDir Path root;

  private final Mirrors mirrors = new Mirrors();
  private final List<Long> progress = new ArrayList<>();
  private Path folder;

  /** The first use of an HTTP client in a JVM takes longer than the time-outs below. */
  @BeforeAll
  static void warmUp() {
    try (Mirrors mirrors = new Mirrors()) {
      TinySet tiny = TinySet.of("tiny", 0, mirrors.at("missing"));
      Downloader downloader =
          new Downloader(tiny.known(), patience(10_000, 10_000), DownloadListener.SILENT);
      assertThatThrownBy(() -> downloader.fetch(tiny.file(ROLE), Path.of("never")))
          .isInstanceOf(UnreachableException.class);
    }
  }

  @AfterEach
  void close() {
    mirrors.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "chunked", "moved", "trickling"})
  void aMirrorThatGivesTheFileIsEnough(String mirror) throws Exception {
    TinySet tiny = tiny(mirrors.at(mirror), mirrors.at("missing"));
    Path file = fetch(tiny, SHORT);
    assertThat(file).isEqualTo(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(Files.readAllBytes(file)).isEqualTo(tiny.packed().get(ROLE));
    assertThat(names()).containsExactly("t10k-labels-idx1-ubyte.gz");
    assertThat(mirrors.asked).noneMatch(path -> path.contains("missing"));
    assertThat(progress).isSorted().endsWith((long) tiny.packed().get(ROLE).length);
  }

  @Test
  void progressIsToldWhileBytesCome() throws Exception {
    fetch(tiny(mirrors.at("trickling")), SHORT);
    assertThat(progress).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing | HTTP status 404",
        "page | offers 3 bytes instead of",
        "endless | sends more than",
        "short | ended after",
        "torn | broke off after 7 of",
        "wrong | has SHA-256",
        "silent | no byte for 0.7 s, after 0",
        "stalling | no byte for 0.7 s, after 10"
      })
  void aMirrorThatFailsIsNamedWithItsReasonAndTheNextIsTried(String mirror, String reason)
      throws Exception {
    UnreachableException failure = failure(tiny(mirrors.at(mirror)), SHORT);
    assertThat(failure.attempts()).hasSize(1);
    assertThat(failure.attempts().get(0).reason()).startsWith(reason);
    assertThat(failure)
        .hasMessageStartingWith(mirrors.at(mirror) + "t10k-labels-idx1-ubyte.gz (" + reason);
    assertThat(names()).isEmpty();

    TinySet twoMirrors = tiny(mirrors.at(mirror), mirrors.at("good"));
    Path file = fetch(twoMirrors, SHORT);
    assertThat(Files.readAllBytes(file)).isEqualTo(twoMirrors.packed().get(ROLE));
    assertThat(names()).containsExactly("t10k-labels-idx1-ubyte.gz");
  }

  @Test
  void hostsThatDoNotExistOrRefuseAreNamed() {
    UnreachableException failure =
        failure(tiny(Mirrors.refusing(), URI.create("http://nowhere.invalid/")), SHORT);
    assertThat(failure.attempts())
        .extracting(UnreachableException.Attempt::reason)
        .containsExactly("connection refused", "unknown host");
  }

  @Test
  void silenceOfAllMirrorsTogetherIsBounded() {
    long began = System.nanoTime();
    UnreachableException failure =
        failure(
            tiny(mirrors.at("silent"), mirrors.at("silent"), mirrors.at("silent")),
            patience(1400, 2000));
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(2000), Duration.ofMillis(5000));
    assertThat(failure.attempts())
        .extracting(UnreachableException.Attempt::reason)
        .containsExactly(
            "no byte for 1.4 s, after 0",
            "no answer in 2 s from any mirror",
            "not tried, no answer in 2 s");
  }

  @Test
  void aSlowTransferThatGoesOnIsNotSilence() throws Exception {
    TinySet tiny = tiny(mirrors.at("trickling")); // 20 ms a byte, some 40 bytes
    assertThat(tiny.packed().get(ROLE).length).isGreaterThan(30);
    assertThat(fetch(tiny, patience(500, 500))).exists();
  }

  @Test
  void aTransferWithoutEndIsGivenUp() {
    Patience patience =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofSeconds(5));
    assertThat(failure(tiny(mirrors.at("trickling")), patience).attempts().get(0).reason())
        .isEqualTo("not finished in 0.3 s");
  }

  @Test
  void aMirrorThatFailedIsAskedLastForTheNextFile() throws Exception {
    TinySet tiny = tiny(mirrors.at("missing"), mirrors.at("good"));
    Downloader downloader = new Downloader(tiny.known(), SHORT, DownloadListener.SILENT);
    folder = root.resolve("set");
    for (KnownFile file : tiny.known().files()) {
      downloader.fetch(file, folder);
    }
    assertThat(mirrors.asked).hasSize(5).filteredOn(path -> path.startsWith("/missing")).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeMadeIsTheUsersToMend() throws Exception {
    Files.createFile(root.resolve("set"));
    assertThatThrownBy(() -> fetch(tiny(mirrors.at("good")), SHORT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            root.resolve("set/t10k-labels-idx1-ubyte.gz") + ": cannot be written")
        .hasMessageEndingWith("set XDG_CACHE_HOME to a folder that can be written");
  }

  @Test
  void anInterruptedDownloadLeavesNothing() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> fetch(tiny(mirrors.at("silent")), SHORT))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("the download was interrupted; run again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).isEmpty();
  }

  private TinySet tiny(URI... at) {
    TinySet tiny = TinySet.of("tiny", 5, at);
    mirrors.hold(tiny.packed());
    return tiny;
  }

  private Path fetch(TinySet tiny, Patience patience) throws UnreachableException {
    folder = root.resolve("set");
    DownloadListener listener = (mirror, file, received, total) -> progress.add(received);
    return new Downloader(tiny.known(), patience, listener).fetch(tiny.file(ROLE), folder);
  }

  private UnreachableException failure(TinySet tiny, Patience patience) {
    return catchThrowableOfType(UnreachableException.class, () -> fetch(tiny, patience));
  }

  /** Everything in the folder, left-over temporary files too. */
  private List<String> names() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static Patience patience(int stallMillis, int silenceMillis) {
    return new Patience(
        Duration.ofSeconds(5),
        Duration.ofMillis(stallMillis),
        Duration.ofSeconds(20),
        Duration.ofMillis(silenceMillis));
  }
}
