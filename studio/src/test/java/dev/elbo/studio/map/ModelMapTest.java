package dev.elbo.studio.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.kernel.Team;
import dev.elbo.map.Cloud;
import dev.elbo.map.Trustworthiness;
import dev.elbo.studio.model.MapImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelMapTest {
  private static final int COUNT = 150;
  private static final int POINTS = 100;
  private static final MapImages IMAGES = SmallMap.images(COUNT);

  private final List<String> said = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;

  private MapStore store() {
    return MapStore.of(SmallMap.MODEL, folder.resolve("maps"), said::add);
  }

  private ModelMap open(MapImages images) {
    return new ModelMap(CompletableFuture.completedFuture(images), this::store, POINTS);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static TsneMap make(ModelMap map) throws InterruptedException {
    map.startTsne(map.principal().join());
    until(() -> map.tsne() instanceof TsneState.Ready);
    return ((TsneState.Ready) map.tsne()).map();
  }

  @Test
  void aFinishedTsneIsKeptAndFoundAgain() throws InterruptedException {
    TsneMap made;
    try (ModelMap map = open(IMAGES)) {
      assertThat(map.tsne()).isInstanceOf(TsneState.Absent.class);
      made = make(map);
      assertThat(made.map().count()).isEqualTo(POINTS);
      Cloud means = map.principal().join().means().first(POINTS);
      try (Team team = new Team(1)) {
        assertThat(made.trustworthiness()).isEqualTo(Trustworthiness.of(means, made.map(), team));
      }
    }
    try (ModelMap again = open(IMAGES)) {
      until(() -> again.tsne() instanceof TsneState.Ready);
      TsneMap found = ((TsneState.Ready) again.tsne()).map();
      assertThat(found.map().values()).containsExactly(made.map().values());
      assertThat(found.trustworthiness()).isEqualTo(made.trustworthiness());
      assertThat(found.divergence()).isEqualTo(made.divergence());
      assertThat(found.source()).isEqualTo(made.source());
    }
    assertThat(said).isEmpty();
  }

  @Test
  void aMapOfOtherImagesIsNotTaken() throws InterruptedException {
    try (ModelMap map = open(IMAGES)) {
      make(map);
    }
    try (ModelMap other = open(SmallMap.images(POINTS - 1))) {
      until(() -> !said.isEmpty());
      assertThat(said.get(0))
          .startsWith("note: " + store().file() + ": expected codes_sha256 ")
          .endsWith("; delete it, and it is made anew");
      assertThat(other.tsne()).isInstanceOf(TsneState.Absent.class);
    }
  }

  @Test
  void aMapOfAnotherModelIsNotTaken() throws InterruptedException {
    try (ModelMap map = open(IMAGES)) {
      make(map);
    }
    MapStore store = store();
    MapStore other = new MapStore(store.file(), "0".repeat(64), said::add);
    try (ModelMap map =
        new ModelMap(CompletableFuture.completedFuture(IMAGES), () -> other, POINTS)) {
      until(() -> !said.isEmpty());
      assertThat(said.get(0)).contains("expected model_sha256 000");
      assertThat(map.tsne()).isInstanceOf(TsneState.Absent.class);
    }
  }

  @Test
  void aDamagedFileIsSaidAndMadeAnew() throws InterruptedException, IOException {
    Path file = store().file();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no map");
    try (ModelMap map = open(IMAGES)) {
      until(() -> !said.isEmpty());
      assertThat(said.get(0)).startsWith("note: " + file);
      assertThat(map.tsne()).isInstanceOf(TsneState.Absent.class);
      TsneMap made = make(map);
      assertThat(store().read(made.source())).isPresent();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoObstacle() throws InterruptedException, IOException {
    Files.writeString(folder.resolve("maps"), "a file where the folder should be");
    try (ModelMap map = open(IMAGES)) {
      assertThat(make(map).map().count()).isEqualTo(POINTS);
      assertThat(said).hasSize(1);
      assertThat(said.get(0)).startsWith("note: " + folder.resolve("maps"));
    }
  }

  @Test
  void closingEndsATsneUnderWay() throws InterruptedException {
    CompletableFuture<MapImages> images = CompletableFuture.completedFuture(SmallMap.images(1200));
    ModelMap map = new ModelMap(images, this::store, 1200);
    map.startTsne(map.principal().join());
    until(() -> map.tsne() instanceof TsneState.Running running && running.progress() > 0);
    map.close();
    until(() -> map.tsne() instanceof TsneState.Absent);
    assertThat(store().file()).doesNotExist();
  }

  /** Whoever asks before the background has looked gets what is kept, not a new one. */
  @Test
  void aKeptTsneIsNotMadeAnewForWhoAsksEarly() throws InterruptedException, IOException {
    try (ModelMap map = open(IMAGES)) {
      make(map);
    }
    FileTime written = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(store().file(), written);
    CountDownLatch hasAsked = new CountDownLatch(1);
    CompletableFuture<MapImages> images = CompletableFuture.completedFuture(IMAGES);
    Supplier<MapStore> late =
        () -> {
          await(hasAsked);
          return store();
        };
    try (ModelMap map = new ModelMap(images, late, POINTS)) {
      assertThat(map.startTsne(map.principal().join())).isInstanceOf(TsneState.Running.class);
      hasAsked.countDown();
      until(() -> map.tsne() instanceof TsneState.Ready);
    }
    assertThat(Files.getLastModifiedTime(store().file())).isEqualTo(written);
  }

  /** A disk that is slow to refuse stands for one that is slow to write. */
  @Test
  void closingWaitsForAFileThatIsBeingWritten() throws InterruptedException, IOException {
    Files.writeString(folder.resolve("maps"), "a file where the folder should be");
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    MapStore slow =
        MapStore.of(
            SmallMap.MODEL,
            folder.resolve("maps"),
            line -> {
              isWriting.countDown();
              await(mayEnd);
            });
    ModelMap map = new ModelMap(CompletableFuture.completedFuture(IMAGES), () -> slow, POINTS);
    map.startTsne(map.principal().join());
    await(isWriting);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(map::close);
    Thread.sleep(200);
    assertThat(closing).isNotDone();
    mayEnd.countDown();
    closing.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trustworthinessOfThePlaneFollows() throws InterruptedException {
    try (ModelMap map = open(IMAGES)) {
      until(() -> !Double.isNaN(map.trustworthiness()));
      PrincipalMap principal = map.principal().join();
      try (Team team = new Team(2)) {
        assertThat(map.trustworthiness())
            .isEqualTo(
                Trustworthiness.of(
                    principal.means().first(POINTS), principal.map().first(POINTS), team));
      }
    }
  }
}
