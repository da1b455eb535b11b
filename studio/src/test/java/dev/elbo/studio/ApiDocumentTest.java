package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/api.md, run in order in one shell. */
@Timeout(120)
class ApiDocumentTest {
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL);

  @TempDir Path folder;

  private static List<String> blocks(Pattern pattern, String document) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = pattern.matcher(document);
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  @Test
  void itsCommandsWorkAndItsErrorIsTheOneThatComes() throws Exception {
    assumeTrue(hasCurl(), "there is no curl");
    String document = Files.readString(Path.of("..", "docs", "api.md"));
    try (Studio studio = Studios.start()) {
      Studios.awaitReady(new Wire(studio.port()));
      List<String> commands =
          blocks(SHELL, document).stream()
              .flatMap(String::lines)
              .filter(line -> line.startsWith("curl "))
              .toList();
      assertThat(commands).hasSizeGreaterThan(15);
      String last = "";
      for (String command : commands) {
        String output = run(studio.port(), command);
        boolean isOfTheError = command.contains("900");
        assertThat(output.startsWith("{\"error\""))
            .as(command + "\n" + output)
            .isEqualTo(isOfTheError);
        last = isOfTheError ? output : last;
      }
      assertThat(last).isEqualTo(blocks(JSON, document).get(0));
    }
    assertThat(folder.resolve("images.f32")).hasSize(3 * 784 * 4);
    assertThat(folder.resolve("weights.f32")).isNotEmptyFile();
    assertThat(Files.readAllBytes(folder.resolve("samples.png"))).startsWith(0x89, 'P', 'N', 'G');
  }

  private static boolean hasCurl() throws InterruptedException {
    try {
      return new ProcessBuilder("curl", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private String run(int port, String command) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell.environment().put("ELBO", "http://127.0.0.1:" + port);
    Process process = shell.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command).isZero();
    return output;
  }
}
