package dev.elbo.studio.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own and one tab. */
final class Chromium implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  /** Fails where it is true and there is no browser, instead of skipping. */
  private static final String REQUIRED = "ELBO_REQUIRE_BROWSER";

  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--disable-extensions",
          "--enable-unsafe-swiftshader",
          "--hide-scrollbars",
          "--window-size=1280,900",
          "--remote-debugging-port=0");

  private static final long START_SECONDS = 60;

  private final Path profile;
  private final Process process;
  private final DevTools devTools;

  private Chromium(Path program) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("elbo-browser");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    devTools = new DevTools(tab());
  }

  /** Skips the tests where no browser is installed, unless one is required. */
  static Chromium start() {
    Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
    if (program.isEmpty() && "true".equals(System.getenv(REQUIRED))) {
      throw new AssertionError(REQUIRED + " is true, and there is none of " + PLACES);
    }
    assumeTrue(program.isPresent(), () -> "skipped: there is none of " + PLACES);
    try {
      return new Chromium(program.get());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Chromium writes port and path of its own DevTools into its profile. */
  private URI tab() throws IOException, InterruptedException {
    Path port = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
      if (System.nanoTime() > end || !process.isAlive()) {
        process.destroyForcibly();
        throw new IllegalStateException("Chromium did not start");
      }
      Thread.sleep(20);
    }
    List<String> lines = Files.readAllLines(port);
    String host = "127.0.0.1:" + lines.get(0);
    try (DevTools browser = new DevTools(URI.create("ws://" + host + lines.get(1)))) {
      ObjectNode blank = DevTools.JSON.createObjectNode().put("url", "about:blank");
      JsonNode target = browser.send("Target.createTarget", blank);
      return URI.create("ws://" + host + "/devtools/page/" + target.get("targetId").asText());
    }
  }

  DevTools devTools() {
    return devTools;
  }

  @Override
  public void close() throws IOException {
    devTools.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    }
  }
}
