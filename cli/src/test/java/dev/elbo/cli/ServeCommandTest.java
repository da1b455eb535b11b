package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ServeCommandTest {
  @TempDir Path folder;

  private Process start(String line) throws IOException {
    List<String> words = new ArrayList<>(List.of(ChildJvm.java(), "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Djava.awt.headless=true", "-cp", ChildJvm.classPath()));
    words.add("dev.elbo.cli.Main");
    words.addAll(Arrays.asList(line.split(" ")));
    ProcessBuilder process = new ProcessBuilder(words).directory(folder.toFile());
    process.redirectError(folder.resolve("err.txt").toFile());
    process.environment().put("ELBO_KERNELS", "plain");
    process.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    return process.start();
  }

  /** The address that it prints. */
  private static String address(Process process, String word) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(line).startsWith(word + " http://127.0.0.1:");
    return line.substring(word.length() + 1);
  }

  private static int status(String address) throws IOException {
    return ((HttpURLConnection) URI.create(address).toURL().openConnection()).getResponseCode();
  }

  @Test
  void serveAnswersDrainsOnSigtermAndEnds() throws Exception {
    Process process = start("serve --port 0");
    try {
      String address = address(process, "serving");
      assertThat(status(address + "healthz")).isEqualTo(200);
      assertThat(status(address)).isEqualTo(404);
      int port = URI.create(address).getPort();
      byte[] body = new byte[784 * 4];
      try (Socket socket = new Socket("127.0.0.1", port)) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST /api/v1/models/default/encode HTTP/1.1\r\nHost: localhost:%d\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n")
                .formatted(port, body.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, 1000);
        out.flush();
        Thread.sleep(300);
        process.destroy();
        Thread.sleep(300);
        assertThat(process.isAlive()).isTrue();
        out.write(body, 1000, body.length - 1000);
        out.flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"mean\":[[");
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThatThrownBy(() -> status(address + "healthz")).isInstanceOf(ConnectException.class);
    } finally {
      process.destroyForcibly();
    }
    assertThat(folder.resolve("err.txt")).content().doesNotContain("Exception");
  }

  @Test
  void studioServesThePageToo() throws Exception {
    Process process = start("studio --no-open --port 0 --token correct-horse-battery");
    try {
      String address = address(process, "studio");
      assertThat(address).endsWith("/?token=correct-horse-battery");
      assertThat(status(address.replaceFirst("\\?.*", ""))).isEqualTo(401);
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host 0.0.0.0|--host: expected a token for an address beyond this machine, found 0.0.0.0 without one; add --token, or leave --host out",
        "--port 70000|--port: expected a number from 0 to 65535, found 70000; 0 is any free one",
        "--token short|--token: expected 16 to 512 letters, digits or signs without spaces, found another text; make a longer one",
        "--data nowhere|--data: expected a folder, found none at nowhere; correct it or leave it out",
        "nothing|nothing: could not be read: no such file or folder; check the path",
      })
  void badOptionsAreOneLine(String options, String sentence) {
    List<Object> words = new ArrayList<>(List.of("serve", "--quiet"));
    words.addAll(List.of(options.split(" ")));

    Outcome outcome = Outcome.of(words.toArray());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().strip()).isEqualTo("elbo: " + sentence);
  }

  @Test
  void theBrowserIsOpenedOnlyWhereThereIsAScreen() {
    String address = "http://127.0.0.1:7462/";
    assertThat(Browser.command(address, Map.of(), "Linux")).isEmpty();
    assertThat(Browser.command(address, Map.of("DISPLAY", ":0"), "Linux"))
        .containsExactly("xdg-open", address);
    assertThat(Browser.command(address, Map.of("WAYLAND_DISPLAY", "w"), "Linux"))
        .containsExactly("xdg-open", address);
    assertThat(Browser.command(address, Map.of(), "Mac OS X")).containsExactly("open", address);
    assertThat(Browser.command(address, Map.of(), "Windows 11"))
        .containsExactly("rundll32", "url.dll,FileProtocolHandler", address);
  }
}
