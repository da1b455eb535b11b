package dev.elbo.studio.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless Chromium, driven by chromedriver's own protocol (W3C WebDriver). */
final class Chromium implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  static boolean isInstalled() {
    return Files.isExecutable(DRIVER);
  }

  Chromium(Path profile) throws IOException {
    driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0")
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    String base = "http://127.0.0.1:" + port() + "/session";
    JsonNode opened;
    try {
      opened = call("POST", base, capabilities(profile));
    } catch (RuntimeException e) {
      driver.destroyForcibly();
      throw e;
    }
    session = base + "/" + opened.get("sessionId").asText();
  }

  private int port() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("chromedriver told no port: " + said);
  }

  private ObjectNode capabilities(Path profile) {
    ObjectNode root = mapper.createObjectNode();
    ObjectNode always = root.putObject("capabilities").putObject("alwaysMatch");
    always.put("browserName", "chrome");
    always.putObject("goog:loggingPrefs").put("browser", "ALL").put("performance", "ALL");
    always
        .putObject("goog:chromeOptions")
        .putArray("args")
        .add("--headless=new")
        .add("--no-sandbox")
        .add("--disable-gpu")
        .add("--disable-dev-shm-usage")
        .add("--window-size=1280,900")
        .add("--user-data-dir=" + profile);
    return root;
  }

  void open(Path file) {
    call("POST", session + "/url", mapper.createObjectNode().put("url", file.toUri().toString()));
  }

  /** What a function body returns, waited for where it is a promise. */
  JsonNode run(String script) {
    ObjectNode body = mapper.createObjectNode().put("script", script);
    body.putArray("args");
    return call("POST", session + "/execute/sync", body);
  }

  /** Runs a script until it returns something that is true. */
  JsonNode await(String script) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode found = run(script);
      boolean isThere = !found.isNull() && !(found.isBoolean() && !found.asBoolean());
      if (isThere) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("never true: " + script + "; the console says " + errors());
      }
      Thread.sleep(50);
    }
  }

  /** What the page's console says of errors; of its drivers the browser warns in any case. */
  List<String> errors() {
    return log("browser").stream()
        .filter(entry -> entry.get("level").asText().equals("SEVERE"))
        .map(entry -> entry.get("message").asText())
        .toList();
  }

  /** Addresses that were asked for, as the browser's own log tells. */
  List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      try {
        JsonNode message = mapper.readTree(entry.get("message").asText()).get("message");
        if (message.get("method").asText().equals("Network.requestWillBeSent")) {
          addresses.add(message.get("params").get("request").get("url").asText());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return addresses;
  }

  private List<JsonNode> log(String type) {
    List<JsonNode> entries = new ArrayList<>();
    call("POST", session + "/se/log", mapper.createObjectNode().put("type", type))
        .forEach(entries::add);
    return entries;
  }

  private JsonNode call(String method, String address, JsonNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(PATIENCE)
              .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
              .build();
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode value = mapper.readTree(response.body()).get("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(address + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    try {
      call("DELETE", session, mapper.createObjectNode());
    } finally {
      driver.destroy();
      if (!driver.waitFor(5, TimeUnit.SECONDS)) {
        driver.destroyForcibly();
      }
    }
  }
}
