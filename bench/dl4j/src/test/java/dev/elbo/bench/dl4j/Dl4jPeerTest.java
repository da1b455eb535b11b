package dev.elbo.bench.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class Dl4jPeerTest {
  @Test
  void itsVaeLayerLearnsInAChildJvm() throws IOException {
    String classPath = System.getProperty("java.class.path");
    assumeTrue(
        classPath.contains("nd4j-native-1.0.0-M2.1-"),
        "Deeplearning4j has no natives for this platform here");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            Dl4jPeer.class.getName(),
            Digits.SYNTHETIC);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        PrintStream orders =
            new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
      orders.println("prepare " + new Work.Step(List.of(32), 8, 64, 640).line());
      orders.println("run 3 60000");
      orders.println("run 60 60000");
      orders.println("run 3 60000");

      assertThat(answers.readLine()).isEqualTo("hello Deeplearning4j");
      assertThat(answers.readLine()).isEqualTo("ready");
      Lap first = Lap.parse(answers.readLine());
      Lap.parse(answers.readLine());
      Lap last = Lap.parse(answers.readLine());
      assertThat(first.steps()).isEqualTo(3);
      assertThat(first.nanos()).isPositive();
      assertThat(last.loss()).isPositive().isLessThan(0.9 * first.loss());
    } finally {
      process.destroy();
    }
  }
}
