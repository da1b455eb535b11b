package dev.elbo.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.kernel.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Properties;

/**
 * Facts of the host and the moment, kept apart from the model file, which must be the same
 * everywhere.
 */
final class Environment {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String DATA = "data";
  private static final String RESUMED = "resumed";
  private static final String STARTED = "started";
  private static final String UNKNOWN = "unknown";

  private Environment() {}

  static String json(int threads, String dataLocation) {
    return facts(threads, dataLocation).toPrettyString() + "\n";
  }

  /** The file as it is, with this session among those that resumed the run. */
  static String resumed(Path file, int threads, String dataLocation) {
    ObjectNode now = facts(threads, dataLocation);
    if (!(read(file) instanceof ObjectNode before) || before.isEmpty()) {
      return now.toPrettyString() + "\n";
    }
    before.put(DATA, dataLocation);
    before.withArray(RESUMED).add(now);
    return before.toPrettyString() + "\n";
  }

  private static ObjectNode facts(int threads, String dataLocation) {
    ObjectNode root = MAPPER.createObjectNode();
    Properties build = build();
    root.put("elbo", build.getProperty("version", UNKNOWN));
    root.put("commit", build.getProperty("commit", UNKNOWN));
    root.put(STARTED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("java", System.getProperty("java.runtime.version", UNKNOWN));
    root.put("java_vm", System.getProperty("java.vm.name", UNKNOWN));
    root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    root.put("architecture", System.getProperty("os.arch"));
    root.put("processor", processor());
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("threads", threads);
    root.put("kernels", KernelChoice.chosen().kernels().description());
    root.put(DATA, dataLocation);
    return root;
  }

  /** Where the data of a run lay, if its {@code environment.json} says so. */
  static Optional<String> dataLocation(Path file) {
    JsonNode data = read(file).path(DATA);
    return data.isTextual() ? Optional.of(data.asText()) : Optional.empty();
  }

  /** When the run of a file began, if it says so. */
  static Optional<String> started(Path file) {
    JsonNode started = read(file).path(STARTED);
    return started.isTextual() ? Optional.of(started.asText()) : Optional.empty();
  }

  /** The file's JSON; a missing node where there is none, or none that can be parsed. */
  private static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      if (!Files.exists(file)) {
        return MissingNode.getInstance();
      }
      throw FileProblem.of(file, "could not be read", e);
    }
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Environment.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The processor's name where the system tells it in a file. */
  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return UNKNOWN;
    }
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
