package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where and when figures were measured: they mean nothing without it. */
record Machine(Map<String, String> facts) {
  private static final String UNKNOWN = "unknown";

  /**
   * @param command as it was typed
   */
  static Machine here(Path root, String command) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", command);
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("commit", commit(root));
    facts.put(
        "processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " usable");
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("jdk", System.getProperty("java.runtime.version", UNKNOWN));
    return new Machine(facts);
  }

  List<String> lines() {
    return facts.entrySet().stream().map(fact -> fact.getKey() + ": " + fact.getValue()).toList();
  }

  ObjectNode json() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    facts.forEach(object::put);
    return object;
  }

  private static String commit(Path root) {
    String head = git(root, "rev-parse", "--short=12", "HEAD");
    if (head.isEmpty()) {
      return UNKNOWN;
    }
    return git(root, "status", "--porcelain", "-uno").isEmpty() ? head : head + " with changes";
  }

  private static String git(Path root, String... arguments) {
    try {
      String[] command = new String[arguments.length + 3];
      command[0] = "git";
      command[1] = "-C";
      command[2] = root.toString();
      System.arraycopy(arguments, 0, command, 3, arguments.length);
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException absent) {
      return "";
    }
  }

  /** The processor's name where the system tells it in a file. */
  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }
}
