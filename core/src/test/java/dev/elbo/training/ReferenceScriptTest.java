package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model file read by a script that shares no code with Elbo. */
class ReferenceScriptTest {
  private static final Path SCRIPT = Path.of("src", "test", "reference", "read_model.py");
  private static final DataSet DATA = Blobs.dataSet(60, 33, 5, 7);

  @TempDir Path folder;

  private record Ended(int exit, String output) {}

  @BeforeAll
  static void requirePython() throws Exception {
    boolean there;
    try {
      there = run("python3", "-c", "import numpy").exit() == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "python3 with numpy is needed to run the reference script");
  }

  @ParameterizedTest
  @CsvSource({
    "relu, bernoulli, '12', false",
    "tanh, gaussian, '12,9', true",
    "sigmoid, bernoulli, '8,7,6', true",
    "softplus, gaussian, '10', false"
  })
  void theScriptGetsTheReportedError(
      String activation, String likelihood, String hidden, boolean packed) throws Exception {
    RunFolder run = train(activation, likelihood, hidden);
    writeTestImages(folder.resolve("data"), packed);
    Ended ended = script(run.model(), folder.resolve("data"));
    assertThat(ended.output()).contains("images 33\n").contains("reported test_mse 0.");
    assertThat(ended.exit()).as(ended.output()).isZero();
  }

  @Test
  void theScriptSeesAnErrorThatIsNotTheReportedOne() throws Exception {
    RunFolder run = train("relu", "bernoulli", "12");
    writeTestImages(folder.resolve("data"), false);
    TensorFile file = SafeTensors.read(run.model());
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    double reported = Double.parseDouble(metadata.get("figure.test_mse"));
    metadata.put("figure.test_mse", String.valueOf(reported * 1.0001));
    Path lying = folder.resolve("lying.safetensors");
    Files.write(lying, SafeTensors.encode(new TensorFile(metadata, file.tensors())));
    Ended ended = script(lying, folder.resolve("data"));
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output()).endsWith("they differ\n");
  }

  @Test
  void theScriptFindsTheChecksumByItself() throws Exception {
    RunFolder run = train("relu", "bernoulli", "12");
    byte[] bytes = Files.readAllBytes(run.model());
    bytes[bytes.length - 1] ^= 1;
    Path altered = Files.write(folder.resolve("altered.safetensors"), bytes);
    Ended ended = script(altered, folder);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output())
        .isEqualTo(altered + ": the checksum in its metadata is not that of the file\n");
  }

  private RunFolder train(String activation, String likelihood, String hidden) {
    List<Integer> sizes = Arrays.stream(hidden.split(",")).map(Integer::parseInt).toList();
    VaeConfig vae =
        new VaeConfig(
            35,
            sizes,
            3,
            word(Activation.values(), activation),
            word(LikelihoodKind.values(), likelihood));
    Config config = new Config(vae, 16, 3, 0.01, KlWeight.alpha(0.001), 1, "blobs");
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrainingRun training = TrainingRun.start(run, config, DATA, 1)) {
      assertThat(training.train(event -> {}, () -> false)).isTrue();
    }
    return run;
  }

  private static <E> E word(E[] values, String word) {
    return Arrays.stream(values).filter(v -> v.toString().equals(word)).findFirst().orElseThrow();
  }

  private static void writeTestImages(Path data, boolean packed) throws IOException {
    Images test = DATA.test();
    byte[] idx =
        ByteBuffer.allocate(4 * Integer.BYTES + test.pixels().length)
            .putInt(0x0803)
            .putInt(test.count())
            .putInt(test.height())
            .putInt(test.width())
            .put(test.pixels())
            .array();
    Files.createDirectories(data.resolve("blobs"));
    if (packed) {
      Path file = data.resolve("blobs").resolve("t10k-images-idx3-ubyte.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(idx);
      }
    } else {
      Files.write(data.resolve("t10k-images-idx3-ubyte"), idx);
    }
  }

  private static Ended script(Path model, Path data) throws Exception {
    return run("python3", SCRIPT.toString(), model.toString(), data.toString());
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
