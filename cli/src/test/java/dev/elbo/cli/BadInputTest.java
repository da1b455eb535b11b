package dev.elbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bad input gives one line that begins with {@code elbo: }, exit code 2, and leaves the disk
 * as it was. In the tables {@code @} stands for the folder with the files made here.
 */
class BadInputTest {
  @TempDir static Path folder;

  /** A picture's place where a command must not come to write it. */
  private static final String OUT = "--out @/picture.png";

  private static final String FIGURE =
      "@/figure.safetensors: expected a number as \"figure.test_mse\", found \"0x1p3\"; the file"
          + " was altered";

  @BeforeAll
  static void makeFiles() throws IOException {
    folder = folder.toRealPath();
    TinyImages.write(folder.resolve("tiny"));
    TinyImages.write(folder.resolve("large"), 9, 0);
    Outcome trained =
        Outcome.of(
            "train",
            "--data",
            folder.resolve("tiny"),
            "--out",
            folder.resolve("run"),
            "--epochs",
            1,
            "--hidden",
            8,
            "--latent",
            2,
            "--threads",
            1);
    assertThat(trained.code()).isZero();
    makeConfigurations();
    makeData();
    makeModels();
  }

  private static void makeConfigurations() throws IOException {
    text("not.json", "lr = 0.001");
    text("array.json", "[1, 2]");
    text("empty.json", "");
    text("key.json", "{\"batch_siz\": 64}");
    text("type.json", "{\"num_epochs\": \"many\"}");
    text("fraction.json", "{\"num_epochs\": 2.5}");
    text("twice.json", "{\"lr\": 0.1, \"lr\": 0.2}");
    text("both.json", "{\"alpha\": 0.1, \"beta\": 0.2}");
    text("nested.json", "[".repeat(100_000));
    text("input.json", "{\"input_size\": 784}");
    text("huge.json", " ".repeat(2_000_000));
  }

  private static void makeData() throws IOException {
    Files.createDirectories(folder.resolve("nothing"));
    byte[] images = TinyImages.images(TinyImages.TRAIN, TinyImages.SIDE, 0);
    byte[] packed = TinyImages.packed(images);
    byte[] corrupt = packed.clone();
    corrupt[packed.length / 2] ^= 0x55;
    byte[] magic = images.clone();
    magic[2] = 0x0d;
    alone("corrupt", TinyImages.TRAIN_IMAGES + ".gz", corrupt);
    alone("cut", TinyImages.TRAIN_IMAGES, Arrays.copyOf(images, 5000));
    alone("magic", TinyImages.TRAIN_IMAGES, magic);
    alone("labels", TinyImages.TRAIN_IMAGES, images);
    alone("labels", TinyImages.TRAIN_LABELS, TinyImages.labels(TinyImages.TRAIN - 1));
  }

  private static void makeModels() throws IOException {
    byte[] model = Files.readAllBytes(folder.resolve("run/model.safetensors"));
    byte[] flipped = model.clone();
    flipped[model.length - 5] ^= 1;
    byte[] header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".getBytes(UTF_8);
    ByteBuffer foreign = ByteBuffer.allocate(8 + header.length + 4);
    foreign.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    Files.write(folder.resolve("flipped.safetensors"), flipped);
    Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(model, model.length / 2));
    Files.write(folder.resolve("foreign.safetensors"), foreign.array());
    TensorFile whole = SafeTensors.decode(model, "model");
    SortedMap<String, String> metadata = new TreeMap<>(whole.metadata());
    metadata.put("figure.test_mse", "0x1p3");
    Files.write(
        folder.resolve("figure.safetensors"),
        SafeTensors.encode(new TensorFile(metadata, whole.tensors())));
    Path unfinished = Files.createDirectories(folder.resolve("unfinished"));
    Files.copy(folder.resolve("run/config.json"), unfinished.resolve("config.json"));
  }

  private static void text(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void alone(String name, String file, byte[] bytes) throws IOException {
    Files.write(Files.createDirectories(folder.resolve(name)).resolve(file), bytes);
  }

  static Stream<Arguments> commandLines() {
    return Stream.of(
        arguments("trian", "unknown command trian; did you mean train?"),
        arguments("--lr 1", "unknown flag --lr; see elbo --help"),
        arguments("train --epoch 3", "unknown flag --epoch; did you mean --epochs?"),
        arguments("train --epochs", "Missing required parameter for option '--epochs' (N)"),
        arguments("train now", "unexpected argument now; see elbo train --help"),
        arguments("resume", "Missing required parameter: 'RUN'; see elbo resume --help"),
        arguments(
            "generate --seed abc",
            "'--seed': 'abc' is not a whole number; see elbo generate --help"),
        arguments("serve --port 70000", "--port: expected a number from 0 to 65535, found 70000"),
        arguments(
            "serve --host 0.0.0.0",
            "--host: expected a token for an address beyond this machine, found 0.0.0.0 without one"),
        arguments("serve --token short", "--token: expected 16 to 512 letters, digits or signs"),
        arguments("studio --no-open --data @/none", "--data: expected a folder, found none at"),
        arguments(
            "studio --no-open --runs @/not.json",
            "--runs: expected a folder, found another kind of file at"),
        arguments("serve @/none.safetensors", "none.safetensors: could not be read: no such file"),
        arguments(
            "reproduce pythae-vae --budget x",
            "'--budget': 'x' is not a number; see elbo reproduce --help"),
        arguments("generate -n 1 -n 2", "option '-n' (N) should be specified only once"));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        arguments("--batch-size 0", "batch_size: expected a whole number from 1 to 65536, found 0"),
        arguments("--epochs -1", "num_epochs: expected a whole number from 1 to 1000000, found -1"),
        arguments("--epochs 1e3", "num_epochs: expected a whole number, found \"1e3\" (from --epo"),
        arguments("--hidden 0", "hidden_size: expected a whole number from 1 to 16384, found 0"),
        arguments(
            "--hidden 8,,4", "hidden_size: expected a whole number, found \"8,,4\" (from --h"),
        arguments("--latent 99999999999", "latent_size: expected a whole number, found \"99999999"),
        arguments(
            "--latent 20000", "latent_size: expected a whole number from 1 to 16384, found 2"),
        arguments("--lr NaN", "lr: expected a number, found \"NaN\" (from --lr); change it there"),
        arguments("--lr inf", "lr: expected a number, found \"inf\""),
        arguments("--lr 1e999", "lr: expected a number above 0, found Infinity"),
        arguments("--lr 0", "lr: expected a number above 0, found 0.0; 0.001 is the default"),
        arguments("--lr -0.1", "lr: expected a number above 0, found -0.1"),
        arguments("--lr abc", "lr: expected a number, found \"abc\""),
        arguments("--alpha -1", "alpha: expected a number of 0 or more, found -1.0"),
        arguments(
            "--alpha 1 --beta 1", "alpha and beta: expected one of them, found alpha 1 (--al"),
        arguments("--likelihood gausian", "did you mean gaussian?"),
        arguments("--likelihood gausian", "did you mean gaussian?"),
        arguments("--activation rely", "did you mean relu?"),
        arguments(
            "--dataset minst",
            "dataset: expected one of mnist, fashion-mnist, binarized-mnist, pen"),
        arguments("--dataset minst", "did you mean mnist?"),
        arguments("--seed x", "seed: expected a whole number of at most 64 bits, found \"x\""),
        arguments("--threads 0", "--threads: expected a whole number from 1 to 256, found 0"),
        arguments("--threads 100000", "--threads: expected a whole number from 1 to 256, found 10"),
        arguments("--config @/none.json", "@/none.json: could not be read: no such file or folder"),
        arguments("--config @/not.json", "@/not.json: expected a JSON object such as {\"lr\": 0.0"),
        arguments("--config @/array.json", "found ARRAY; mend it"),
        arguments("--config @/empty.json", "found nothing; mend it"),
        arguments("--config @/key.json", "unknown key \"batch_siz\"; did you mean \"batch_size\"?"),
        arguments("--config @/type.json", "expected a whole number for \"num_epochs\", found \"ma"),
        arguments(
            "--config @/fraction.json", "expected a whole number for \"num_epochs\", found 2"),
        arguments("--config @/twice.json", "Duplicate field 'lr'"),
        arguments("--config @/both.json", "alpha and beta: expected one of them"),
        arguments("--config @/nested.json", "@/nested.json: expected a JSON object"),
        arguments(
            "--config @/huge.json", "expected a configuration of at most 1 MB, found 2000000"),
        arguments("--config @/nothing", "@/nothing: expected a configuration file, found"),
        arguments(
            "--config @/input.json", "input_size: expected 64, as the images of folder have"));
  }

  static Stream<Arguments> data() {
    return Stream.of(
        arguments("@/none", "@/none: expected a readable folder of data, found nothing of that"),
        arguments("@/not.json", "@/not.json: expected a readable folder of data, found something"),
        arguments("@/nothing --dataset folder", "train-images-idx3-ubyte"),
        arguments("@/corrupt", "@/corrupt/train-images-idx3-ubyte.gz: "),
        arguments("@/cut", "@/cut/train-images-idx3-ubyte: "),
        arguments("@/magic", "@/magic/train-images-idx3-ubyte: "),
        arguments("@/labels", "@/labels/train-labels-idx1-ubyte: "));
  }

  static Stream<Arguments> models() {
    return Stream.of(
        arguments("generate @/none.safetensors", "@/none.safetensors: "),
        arguments("generate @/run/image.png", "@/run/image.png: "),
        arguments("generate @/cut.safetensors", "@/cut.safetensors: "),
        arguments("generate @/flipped.safetensors", "@/flipped.safetensors: "),
        arguments("info @/foreign.safetensors", "@/foreign.safetensors: "),
        arguments("info @/figure.safetensors", FIGURE),
        arguments("info @/figure.safetensors --json", FIGURE),
        arguments("generate @/nothing", "@/nothing: expected a run directory or a .safetensors fi"),
        arguments("generate @/unfinished", "without model.safetensors; elbo resume @/unfinished"),
        arguments("reconstruct @/run --data @/large", "expected images of 8×8 pixels as @/run/mod"),
        arguments("generate @/run -n 0", "-n: expected a whole number from 1 to 100000, found 0"),
        arguments("generate @/run --columns 0", "--columns: expected a whole number from 1 to 100"),
        arguments("generate @/run --scale 0", "--scale: expected a whole number from 1 to 64, fou"),
        arguments("generate @/run -n 100000 --scale 64", "--scale: expected a picture of at most"),
        arguments("reconstruct @/run -n -5", "-n: expected a whole number from 1 to 10000, found"),
        arguments("reconstruct @/run --threads 0", "--threads: expected a whole number from 1 to"),
        arguments("reconstruct @/run --image @/none.png", "@/none.png: "),
        arguments("reconstruct @/run --image @/not.json", "@/not.json: "),
        arguments(
            "evaluate @/run --samples 0", "--samples: expected a whole number from 1 to 1000"),
        arguments("evaluate @/run --threads 0", "--threads: expected a whole number from 1 to 256"),
        arguments("evaluate @/none", "@/none: "),
        arguments("evaluate @/run --data @/large", "expected images of 8×8 pixels as @/run/model"),
        arguments("traverse @/run --index 60", "--index: expected a whole number from 0 to 59, fo"),
        arguments("traverse @/run --reach NaN", "--reach: expected a number above 0 and at most 1"),
        arguments("traverse @/run --steps 1", "--steps: expected a whole number from 2 to 1000"),
        arguments("interpolate @/run --from 59", "--from: expected a whole number from 0 to "),
        arguments("interpolate @/run --to 60", "--to: expected a whole number from 0 to 59, found"),
        arguments("interpolate @/run --rows 0", "--rows: expected a whole number from 1 to 1000"));
  }

  @ParameterizedTest
  @MethodSource
  void commandLines(String line, String says) throws IOException {
    assertOneSentence(line, says);
  }

  @ParameterizedTest
  @MethodSource
  void settings(String flags, String says) throws IOException {
    assertOneSentence("train --data @/tiny --out @/new " + flags, says);
  }

  @ParameterizedTest
  @MethodSource
  void data(String place, String says) throws IOException {
    assertOneSentence("train --out @/new --data " + place, says);
    assertOneSentence("data folder --data " + place.split(" ")[0], says);
  }

  @ParameterizedTest
  @MethodSource
  void models(String line, String says) throws IOException {
    boolean draws = !line.startsWith("info");
    assertOneSentence(line + (draws ? " --quiet " + OUT : ""), says);
  }

  @Test
  void runsAndFilesAreNeverOverwritten() throws IOException {
    String train = "train --data @/tiny --out ";
    assertOneSentence(
        train + "@/run",
        "@/run: expected a new directory, found a run in it; go on with elbo resume @/run");
    assertOneSentence(
        train + "@/tiny", "@/tiny: expected a new or an empty directory, found files in it");
    assertOneSentence(
        train + "@/not.json", "@/not.json: expected a run directory, found a file; choose another");
    assertOneSentence(train + "@/not.json/run", "@/not.json/run: ");
  }

  @Test
  void aPictureThatCannotBeWrittenIsOneSentence() throws IOException {
    assertOneSentence("generate @/run --quiet --out @/nothing", "@/nothing: ");
    assertOneSentence("generate @/run --quiet --out @/not.json/p.png", "@/not.json/p.png: ");
  }

  @Test
  void anEvaluationReplacesNothingButAnEvaluation() throws IOException {
    assertOneSentence(
        "evaluate @/run --quiet --out @/not.json",
        "@/not.json: expected a new file or an earlier evaluation, found another file; choose");
    assertOneSentence(
        "evaluate @/run --quiet --out @/nothing", "@/nothing: expected a file to write, found a");
    assertOneSentence(
        "evaluate @/run --quiet --out @/none/e.json", "@/none: expected a folder to write to, fou");
  }

  private static void assertOneSentence(String line, String says) throws IOException {
    List<String> before = listing();
    String place = folder.toString();

    Outcome outcome = Outcome.of((Object[]) line.replace("@", place).split(" "));

    List<String> sentences = new ArrayList<>(outcome.errLines());
    sentences.removeIf(sentence -> sentence.startsWith("plain kernels"));
    // info has no --quiet.
    sentences.removeIf(sentence -> sentence.startsWith("model: "));
    assertThat(sentences).as(line).hasSize(1);
    assertThat(sentences.get(0)).startsWith("elbo: ").contains(says.replace("@", place));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(listing()).isEqualTo(before);
  }

  /** Every file with its size and time: what was there is untouched and nothing was added. */
  private static List<String> listing() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        boolean isFile = Files.isRegularFile(file);
        String state = isFile ? Files.size(file) + " " + Files.getLastModifiedTime(file) : "";
        lines.add(file + " " + state);
      }
    }
    return lines;
  }
}
