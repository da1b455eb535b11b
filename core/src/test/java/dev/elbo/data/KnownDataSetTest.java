package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published data sets themselves, where {@code ELBO_DATA} says that they lie. */
class KnownDataSetTest {

  @TempDir Path empty;

  @Test
  void everySumIsASha256AndEveryMirrorAFolder() {
    List<String> sums = new ArrayList<>();
    for (KnownDataSet set : KnownDataSet.ALL) {
      sums.add(set.contentSha256());
      // A text is published as it is, so that both sums are one.
      set.files()
          .forEach(file -> sums.addAll(new TreeSet<>(List.of(file.gzipSha256(), file.sha256()))));
      assertThat(set.mirrors())
          .extracting(URI::toString)
          .isNotEmpty()
          .allMatch(mirror -> mirror.matches("https?://.*/"));
    }
    assertThat(sums).allMatch(sum -> sum.matches("[0-9a-f]{64}")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mnist | 0.130660 | 0.132515 | 5 0 4 1 9 2 1 3 1 4 | 7 2 1 0 4 1 4 9 5 9",
        "fashion-mnist | 0.286041 | 0.286849 | 9 0 0 3 0 2 7 2 5 5 | 9 2 1 1 6 1 4 6 5 7"
      })
  void theRealFilesAreFoundAndReadRight(
      String name, double trainMean, double testMean, String trainLabels, String testLabels) {
    DataSets sets = real();
    DataSet data = sets.load(Optional.of(name), Optional.empty(), 0);
    KnownDataSet known =
        KnownDataSet.ALL.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
    assertThat(data.sha256()).isEqualTo(known.contentSha256());
    assertThat(labels(data.train())).isEqualTo(trainLabels);
    assertThat(labels(data.test())).isEqualTo(testLabels);

    DataSummary summary = sets.describe(Optional.of(name), Optional.empty(), 0);
    assertThat(summary.train().count()).isEqualTo(60_000);
    assertThat(summary.test().count()).isEqualTo(10_000);
    double halfOfTheLastDigit = 5e-7;
    assertThat(Math.abs(summary.train().mean() - trainMean)).isLessThan(halfOfTheLastDigit);
    assertThat(Math.abs(summary.test().mean() - testMean)).isLessThan(halfOfTheLastDigit);
  }

  @Test
  void theBinarizedMnistIsFoundAndReadRight() {
    assumeTrue(
        Files.isDirectory(Path.of(String.valueOf(System.getenv("ELBO_DATA")), "binarized-mnist")),
        "ELBO_DATA holds no binarized-mnist");
    DataSet data = real().load(Optional.of("binarized-mnist"), Optional.empty(), 0);
    assertThat(data.sha256()).isEqualTo(KnownDataSet.BINARIZED_MNIST.contentSha256());
    double halfOfTheLastDigit = 5e-7;
    double[] means = {0.130562, 0.131127, 0.132512};
    Images[] parts = {data.train(), data.validation().orElseThrow(), data.test()};
    for (int i = 0; i < parts.length; i++) {
      assertThat(parts[i].count()).isEqualTo(i == 0 ? 50_000 : 10_000);
      assertThat(Math.abs(DataSummary.Part.of(parts[i]).mean() - means[i]))
          .isLessThan(halfOfTheLastDigit);
    }
  }

  @Test
  void theClassesOfMnistAreCountedRight() {
    DataSummary summary = real().describe(Optional.of("mnist"), Optional.empty(), 0);
    assertThat(summary.train().classCounts())
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(summary.test().classCounts())
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @ParameterizedTest
  @CsvSource({"mnist", "fashion-mnist"})
  void theUnpackedFilesAreAcceptedToo(String name) throws Exception {
    Path folder =
        real().list(Optional.empty()).stream()
            .filter(line -> line.name().equals(name))
            .map(line -> Path.of(line.location().orElseThrow()))
            .findFirst()
            .orElseThrow();
    for (Role role : Role.IDX) {
      Path packed = folder.resolve(role.fileName() + ".gz");
      assumeTrue(Files.exists(packed), "needs the packed files");
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
        Files.copy(in, empty.resolve(role.fileName()));
      }
    }
    DataSets sets = sets(new Places(Optional.empty(), empty.resolve("a"), empty.resolve("b")));
    assertThat(sets.load(Optional.of(name), Optional.of(empty), 0).location())
        .isEqualTo(empty.toString());
    assertThat(sets.load(Optional.empty(), Optional.of(empty), 0).name()).isEqualTo(name);
  }

  private DataSets real() {
    String folder = System.getenv("ELBO_DATA");
    assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder)),
        "ELBO_DATA names no folder with MNIST and Fashion-MNIST");
    return sets(new Places(Optional.of(Path.of(folder)), empty, empty));
  }

  private static DataSets sets(Places places) {
    return new DataSets(
        places,
        seed -> {
          throw new AssertionError("pen digits were not asked for");
        },
        DownloadListener.SILENT,
        line -> {
          throw new AssertionError(line);
        });
  }

  private static String labels(Images images) {
    StringBuilder first = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      first.append(i == 0 ? "" : " ").append(images.label(i));
    }
    return first.toString();
  }
}
