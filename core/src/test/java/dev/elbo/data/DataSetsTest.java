package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.elbo.InputException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  private static final Optional<String> NO_NAME = Optional.empty();
  private static final Optional<Path> NO_FOLDER = Optional.empty();
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(9),
          Duration.ofSeconds(5));

  @TempDir Path root;

  private final Mirrors mirrors = new Mirrors();
  private final URI missing = mirrors.at("missing");
  private final List<String> said = new ArrayList<>();
  private TinySet tiny = TinySet.of("tiny", 5, missing);
  private final TinySet other = TinySet.of("other", 99);
  private Places places;

  @BeforeEach
  void emptyPlaces() {
    places =
        new Places(Optional.of(root.resolve("env")), root.resolve("data"), root.resolve("cache"));
  }

  @AfterEach
  void close() {
    mirrors.close();
  }

  @Test
  void aNamedSetIsReadFromWhereItLies() {
    tiny.putPacked(root.resolve("env/tiny"));
    DataSet data = sets().load(Optional.of("tiny"), NO_FOLDER, 0);
    assertThat(data.name()).isEqualTo("tiny");
    assertThat(data.train().count()).isEqualTo(20);
    assertThat(data.test().pixels()).isEqualTo(IdxBytes.pattern(160, 6));
    assertThat(data.sha256()).isEqualTo(tiny.known().contentSha256());
    assertThat(data.location()).isEqualTo(root.resolve("env/tiny").toString());
  }

  @Test
  void theLocationOfANamedSetFindsItAgain() {
    tiny.putPlain(root.resolve("env/tiny"));
    DataSet first = sets().load(Optional.of("tiny"), NO_FOLDER, 0);
    places = new Places(Optional.empty(), root.resolve("nothing"), root.resolve("nothing"));
    DataSet again = sets().load(Optional.of("tiny"), Optional.of(Path.of(first.location())), 0);
    assertThat(again.sha256()).isEqualTo(first.sha256());
    assertThat(again.location()).isEqualTo(first.location());
  }

  @Test
  void aFolderGivenWithANameThatLacksTheFilesIsNotTheEndOfTheSearch() throws Exception {
    Path given = Files.createDirectories(root.resolve("given"));
    tiny.putPlain(root.resolve("cache/tiny"));
    DataSet data = sets().load(Optional.of("tiny"), Optional.of(given), 0);
    assertThat(data.location()).isEqualTo(root.resolve("cache/tiny").toString());
  }

  @Test
  void whatIsMissingIsDownloadedIntoTheCacheAndFoundThereNextTime() throws Exception {
    tiny = TinySet.of("tiny", 5, missing, mirrors.at("good"));
    mirrors.hold(tiny.packed());
    IdxBytes.write(
        root.resolve("data/train-images-idx3-ubyte"), tiny.plain().get(Role.TRAIN_IMAGES));
    DataSet data = sets().load(NO_NAME, NO_FOLDER, 0);
    assertThat(data.sha256()).isEqualTo(tiny.known().contentSha256());
    assertThat(data.location()).isEqualTo(root.resolve("data") + ", " + root.resolve("cache/tiny"));
    assertThat(mirrors.asked).filteredOn(path -> path.startsWith("/good")).hasSize(3);
    sets().load(NO_NAME, NO_FOLDER, 0);
    assertThat(mirrors.asked).hasSize(4);
    assertThat(said).isEmpty();
  }

  @Test
  void aNamedSetThatIsNowhereIsAnErrorThatListsMirrorsAndTellsWhereToPutTheFiles() {
    assertThatThrownBy(() -> sets().load(Optional.of("tiny"), NO_FOLDER, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "tiny: expected its files in "
                + root.resolve("env")
                + ", "
                + root.resolve("data")
                + ", "
                + root.resolve("cache")
                + " or a mirror that gives them, found neither ("
                + missing
                + "train-images-idx3-ubyte.gz (HTTP status 404)); put train-images-idx3-ubyte.gz,"
                + " train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz,"
                + " t10k-labels-idx1-ubyte.gz into "
                + root.resolve("cache/tiny")
                + " by hand");
    assertThat(said).isEmpty();
  }

  @Test
  void withoutANameTheSameSituationIsTwoLinesAndPenDigits() {
    DataSet data = sets().load(NO_NAME, NO_FOLDER, 7);
    assertThat(data.name()).isEqualTo("pen");
    assertThat(data.train().pixels()).containsExactly(7);
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).startsWith("tiny is not on this machine (looked in ");
    assertThat(said.get(1))
        .isEqualTo(
            "Using generated pen digits instead; elbo data tiny says what was tried and where to"
                + " put the files.");
  }

  @Test
  void withoutANameACorruptFileIsStillAnError() {
    byte[] bytes = tiny.plain().get(Role.TEST_LABELS).clone();
    bytes[9] = 77;
    IdxBytes.write(root.resolve("data/tiny/t10k-labels-idx1-ubyte"), bytes);
    assertThatThrownBy(() -> sets().load(NO_NAME, NO_FOLDER, 0))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(root.resolve("data/tiny/t10k-labels-idx1-ubyte").toString());
  }

  @Test
  void penDigitsByNameNeedNeitherFilesNorWords() {
    assertThat(sets().load(Optional.of("pen"), NO_FOLDER, 3).train().pixels()).containsExactly(3);
    assertThat(said).isEmpty();
    assertThat(mirrors.asked).isEmpty();
  }

  @Test
  void aFolderOfOnesOwnIsTheDataSet() {
    Path own = root.resolve("own");
    IdxBytes.write(own.resolve("train-images-idx3-ubyte.gz"), IdxBytes.images(14, 5, 6, 0));
    DataSet data = sets().load(NO_NAME, Optional.of(own), 0);
    assertThat(data.name()).isEqualTo("folder");
    assertThat(data.train().count()).isEqualTo(12);
    assertThat(data.test().count()).isEqualTo(2);
    assertThat(data.location()).isEqualTo(own.toString());
    assertThat(data.sha256()).isEqualTo(ContentHash.of(data.train(), data.test()));
    assertThat(sets().load(Optional.of("folder"), Optional.of(own), 0).sha256())
        .isEqualTo(data.sha256());
  }

  @Test
  void aFolderThatHoldsAKnownSetItselfGoesByItsName() {
    other.putPlain(root.resolve("own"));
    DataSet data = sets().load(NO_NAME, Optional.of(root.resolve("own")), 0);
    assertThat(data.name()).isEqualTo("other");
    assertThat(data.sha256()).isEqualTo(other.known().contentSha256());
  }

  @Test
  void aFolderGivenWithoutANameThatHoldsTheDefaultSetBelowServesIt() {
    tiny.putPacked(root.resolve("sets/tiny"));
    DataSet data = sets().load(NO_NAME, Optional.of(root.resolve("sets")), 0);
    assertThat(data.name()).isEqualTo("tiny");
    assertThat(data.location()).isEqualTo(root.resolve("sets/tiny").toString());
  }

  @Test
  void anIncompleteFolderOfOnesOwnIsNotReplacedByTheDefaultSet() {
    tiny.putPacked(root.resolve("cache/tiny"));
    IdxBytes.write(root.resolve("own/t10k-images-idx3-ubyte"), IdxBytes.images(14, 5, 6, 0));
    assertThatThrownBy(() -> sets().load(NO_NAME, Optional.of(root.resolve("own")), 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected train-images-idx3-ubyte[.gz] beside");
  }

  @Test
  void aFolderGivenMustExist() throws Exception {
    Path nothing = root.resolve("nothing");
    assertThatThrownBy(() -> sets().load(Optional.of("tiny"), Optional.of(nothing), 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            nothing
                + ": expected a readable folder of data, found nothing of that name; create it"
                + " or give another to --data");
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> sets().load(NO_NAME, Optional.of(file), 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found something else");
  }

  @Test
  void anUnknownNameIsAnErrorWithTheNearestAndTheList() {
    assertThatThrownBy(() -> sets().load(Optional.of("Tinny"), NO_FOLDER, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "dataset: expected one of tiny, other, pen, folder, found Tinny; did you mean tiny?");
    assertThatThrownBy(() -> sets().load(Optional.of("quagmire"), NO_FOLDER, 0))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("found quagmire; elbo data lists them");
    assertThatThrownBy(() -> sets().load(Optional.of("folder"), NO_FOLDER, 0))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("expected the folder in --data, found none; add --data DIR");
  }

  @Test
  void whatIsHereIsReadAndWhatIsNotIsNeverDownloaded() {
    tiny = TinySet.of("tiny", 5, mirrors.at("good"));
    mirrors.hold(tiny.packed());
    assertThat(sets().here("tiny", NO_FOLDER)).isEmpty();
    assertThat(sets().here("unheard-of", NO_FOLDER)).isEmpty();
    assertThat(sets().here(DataSets.PEN, NO_FOLDER)).isEmpty();
    tiny.putPacked(root.resolve("cache/tiny"));
    assertThat(sets().here("tiny", NO_FOLDER).orElseThrow().sha256())
        .isEqualTo(tiny.known().contentSha256());
    assertThat(mirrors.asked).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void theListTellsWhatIsHereAndDownloadsNothing() {
    other.putPacked(root.resolve("env"));
    assertThat(sets().list(NO_FOLDER))
        .extracting(DataSets.Listed::name, DataSets.Listed::location)
        .containsExactly(
            tuple("tiny", Optional.empty()),
            tuple("other", Optional.of(root.resolve("env").toString())),
            tuple("pen", Optional.empty()));
    assertThat(mirrors.asked).isEmpty();
  }

  @Test
  void aDescriptionCountsAndSums() {
    Path own = root.resolve("own");
    Path images =
        IdxBytes.write(
            own.resolve("train-images-idx3-ubyte"),
            IdxBytes.of(new byte[] {0, (byte) 255, 51, 0}, 2, 1, 2));
    IdxBytes.write(own.resolve("train-labels-idx1-ubyte"), IdxBytes.of(new byte[] {2, 2}, 2));
    IdxBytes.write(own.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(3, 1, 2, 0));
    IdxBytes.write(own.resolve("t10k-labels-idx1-ubyte"), IdxBytes.labels(3));
    DataSummary summary = sets().describe(NO_NAME, Optional.of(own), 0);
    assertThat(summary.train())
        .isEqualTo(new DataSummary.Part(2, 1, 2, 306 / 1020.0, List.of(0, 0, 2)));
    assertThat(summary.test().classCounts()).containsExactly(1, 1, 1);
    assertThat(summary.files()).hasSize(4);
    assertThat(summary.files().get(0).path()).isEqualTo(images.toString());
    assertThat(summary.files().get(0).bytes()).isEqualTo(20);
    assertThat(summary.files().get(0).sha256())
        .isEqualTo(Sha256.of(IdxBytes.of(new byte[] {0, (byte) 255, 51, 0}, 2, 1, 2)));
  }

  private DataSets sets() {
    return new DataSets(
        List.of(tiny.known(), other.known()),
        places,
        seed -> {
          Images one = new Images(1, 1, 1, new byte[] {(byte) seed}, Optional.empty());
          return new DataSet("pen", one, one, ContentHash.of(one, one), "generated");
        },
        DownloadListener.SILENT,
        said::add,
        PATIENCE,
        PATIENCE);
  }
}
