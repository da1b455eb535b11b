package dev.elbo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Java runtime on this machine that has the Vector API. */
record Jdk(Path home, int feature) {
  private static final String VERSION = "JAVA_VERSION=";
  private static final String VECTOR = "jdk.incubator.vector";
  private static final int OLDEST = 17;

  /** The runtime of this process. */
  static Jdk own() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The newest there is, then 17 where it is another. */
  static List<Jdk> newestAndOldest() {
    List<Jdk> all = installed();
    Jdk newest = all.get(0);
    Optional<Jdk> oldest = all.stream().filter(jdk -> jdk.feature == OLDEST).findFirst();
    List<Jdk> chosen = new ArrayList<>(List.of(newest));
    oldest.filter(jdk -> newest.feature != OLDEST).ifPresent(chosen::add);
    return chosen;
  }

  /** The newest first; this process's own among them. */
  private static List<Jdk> installed() {
    List<Jdk> found = new ArrayList<>(List.of(own()));
    Path user = Path.of(System.getProperty("user.home"));
    for (Path folder :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/lib64/jvm"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))) {
      for (Path home : children(folder)) {
        look(home).or(() -> look(home.resolve("Contents/Home"))).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingInt(Jdk::feature).reversed());
    return found;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<Jdk> look(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(release);
      boolean vector = lines.stream().anyMatch(line -> line.contains(VECTOR));
      return lines.stream()
          .filter(line -> line.startsWith(VERSION))
          .map(
              line ->
                  line.substring(VERSION.length()).replace("\"", "").replaceAll("[^0-9].*$", ""))
          .filter(number -> vector && !number.isEmpty())
          .map(number -> new Jdk(home, Integer.parseInt(number)))
          .filter(jdk -> jdk.feature >= OLDEST)
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  /** What {@code ./elbo} starts this JDK with, and what {@code ELBO_JAVA_OPTS} adds. */
  List<String> flags() {
    List<String> flags =
        new ArrayList<>(
            List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    flags.addAll(List.of("--add-modules", VECTOR));
    if (feature >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    String more = System.getenv().getOrDefault("ELBO_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      flags.addAll(List.of(more.split(" +")));
    }
    return flags;
  }
}
