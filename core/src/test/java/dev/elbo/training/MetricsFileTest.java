package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.data.Binarization;
import dev.elbo.evaluation.TestFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
  private static final EpochMetrics FIRST =
      new EpochMetrics(
          1,
          469,
          1.25,
          48_000,
          new EpochMetrics.TrainFigures(Math.nextUp(200.5), 1.0 / 3, 1e-7),
          Math.nextDown(150.0),
          new TestFigures(-120.75, 3e10, 0.1 + 0.2, 25));
  private static final EpochMetrics SECOND =
      new EpochMetrics(
          2,
          938,
          2.5,
          50_000,
          FIRST.train(),
          149.125,
          new TestFigures(1, 2, 3, 0),
          Optional.of(new EpochMetrics.Validation(3.5, 2, 1.5)),
          Binarization.DYNAMIC);

  @TempDir Path folder;
  private Path path;
  private MetricsFile file;

  @BeforeEach
  void create() {
    path = folder.resolve("metrics.csv");
    file = new MetricsFile(path, RunFolder.files());
    file.create();
  }

  @Test
  void everyDoubleSurvivesTheRoundTrip() {
    file.append(FIRST);
    file.append(SECOND);
    assertThat(file.read()).containsExactly(FIRST, SECOND);
  }

  @Test
  void theRowsAreThoseOfTheFormat() throws IOException {
    file.append(FIRST);
    assertThat(Files.readString(path))
        .isEqualTo(
            "epoch,step,seconds,images_per_second,train_loss,train_reconstruction,train_kl,"
                + "test_loss,test_reconstruction,test_kl,test_mse,active_units,"
                + "validation_loss,validation_reconstruction,validation_kl,binarization\n"
                + "1,469,1.250,48000,200.50000000000003,0.3333333333333333,1.0E-7,"
                + "149.99999999999997,-120.75,3.0E10,0.30000000000000004,25,,,,grey\n");
  }

  @Test
  void rowsOfEarlierRunsAreOfGreyImages() throws IOException {
    Files.writeString(path, "a header of 12 columns\n" + "1,2,3,4,5,6,7,8,9,10,11,12\n");
    assertThat(file.read())
        .containsExactly(
            new EpochMetrics(
                1,
                2,
                3,
                4,
                new EpochMetrics.TrainFigures(5, 6, 7),
                8,
                new TestFigures(9, 10, 11, 12)));
  }

  @Test
  void aFileThatIsNotThereHasNoRows() {
    assertThat(new MetricsFile(folder.resolve("none"), RunFolder.files()).read()).isEmpty();
  }

  /** Wherever a write was cut short, whole rows stay and the rest goes. */
  @Test
  void aFileTornAnywhereReadsAsItsWholeRowsAndIsCutBackToThem() throws IOException {
    file.append(FIRST);
    int whole = (int) Files.size(path);
    file.append(SECOND);
    String text = Files.readString(path);
    for (int length = 0; length < text.length(); length++) {
      Files.writeString(path, text.substring(0, length));
      assertThat(file.read()).hasSize(length < whole ? 0 : 1);
      if (length % 10 != 0 && length != whole && length != whole - 1) {
        continue;
      }
      file.keepEpochs(2);
      assertThat(Files.readString(path))
          .isEqualTo(text.substring(0, length < whole ? text.indexOf('\n') + 1 : whole));
    }
  }

  @Test
  void keepingFewerEpochsDropsTheLaterRows() {
    file.append(FIRST);
    file.append(SECOND);
    file.keepEpochs(1);
    assertThat(file.read()).containsExactly(FIRST);
    file.keepEpochs(0);
    assertThat(file.read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2", "a,b,c,d,e,f,g,h,i,j,k,l", "1,2,3,4,5,6,7,8,9,10,11,12,13", ""})
  void aRowThatIsNoneIsShown(String row) throws IOException {
    Files.writeString(path, row + "\n", StandardOpenOption.APPEND);
    assertThatThrownBy(file::read)
        .isInstanceOf(InputException.class)
        .hasMessage(
            path
                + ": expected rows of 16 cells, found \""
                + row
                + "\"; delete the file to go on without it");
  }
}
