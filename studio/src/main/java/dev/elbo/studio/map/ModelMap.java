package dev.elbo.studio.map;

import dev.elbo.kernel.Team;
import dev.elbo.studio.model.MapImages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The maps of one model: the principal plane as soon as its images are encoded, its trustworthiness
 * and a kept t-SNE soon after, a new t-SNE when somebody asks. All work is done by one thread in
 * the background, one thing after the other. For any number of threads that ask.
 */
public final class ModelMap implements AutoCloseable {
  private static final long WRITING_SECONDS = 10;

  private final CompletableFuture<PrincipalMap> principal;
  private final Supplier<MapStore> findStore;
  private final ExecutorService background;
  private final int points;
  private volatile double trustworthiness = Double.NaN;
  private volatile TsneState tsne = new TsneState.Absent();
  private volatile boolean closed;

  /** Known to the background alone: to find it takes the model's digest. */
  private MapStore store;

  /** What was kept at the first look, known to the background alone; null before it. */
  private Optional<TsneMap> kept;

  private final ReentrantLock writing = new ReentrantLock();

  ModelMap(CompletableFuture<MapImages> images, Supplier<MapStore> store) {
    this(images, store, TsneMap.POINTS);
  }

  ModelMap(CompletableFuture<MapImages> images, Supplier<MapStore> store, int points) {
    this.findStore = store;
    this.points = points;
    background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "elbo-map");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
    principal = images.thenApplyAsync(PrincipalMap::of, background);
    principal.thenAccept(map -> background.execute(() -> look(map)));
  }

  /** Completes when the images are encoded and projected. */
  CompletableFuture<PrincipalMap> principal() {
    return principal;
  }

  /** Of the principal plane, on the first points; NaN until it is known, and where they are few. */
  double trustworthiness() {
    return trustworthiness;
  }

  TsneState tsne() {
    return tsne;
  }

  /** How many points a t-SNE shows. */
  int tsneCount(PrincipalMap map) {
    return Math.min(points, map.count());
  }

  /** Begins a t-SNE where there is none yet, under way or finished. */
  synchronized TsneState startTsne(PrincipalMap map) {
    if (tsne instanceof TsneState.Absent) {
      tsne = new TsneState.Running(0);
      background.execute(() -> make(map));
    }
    return tsne;
  }

  /** What is kept is shown at once; the trustworthiness of the plane takes a few seconds. */
  private void look(PrincipalMap map) {
    Optional<TsneMap> found = kept(map);
    synchronized (this) {
      if (tsne instanceof TsneState.Absent) {
        found.ifPresent(whole -> tsne = new TsneState.Ready(whole));
      }
    }
    if (!closed) {
      try (Team team = team()) {
        trustworthiness = map.trustworthiness(points, team);
      }
    }
  }

  private Optional<TsneMap> kept(PrincipalMap map) {
    if (kept == null) {
      kept = store().read(TsneMap.Source.of(map.means().first(points), store()));
    }
    return kept;
  }

  /** Whoever asked may have been earlier than the first look. */
  private void make(PrincipalMap map) {
    TsneState after = new TsneState.Absent();
    try {
      Optional<TsneMap> made = kept(map).or(() -> compute(map));
      if (made.isPresent()) {
        after = new TsneState.Ready(made.get());
      }
    } finally {
      tsne = after;
    }
  }

  private Optional<TsneMap> compute(PrincipalMap map) {
    try (Team team = team()) {
      Optional<TsneMap> made =
          TsneMap.make(
              map.means().first(points),
              store(),
              team,
              (iteration, iterations, divergence) -> {
                tsne = new TsneState.Running((double) iteration / iterations);
                return !closed;
              });
      made.ifPresent(this::write);
      return made;
    }
  }

  /** Not begun any more once the server ends, which waits for what has begun. */
  private void write(TsneMap made) {
    writing.lock();
    try {
      if (!closed) {
        store().write(made);
      }
    } finally {
      writing.unlock();
    }
  }

  private MapStore store() {
    if (store == null) {
      store = findStore.get();
    }
    return store;
  }

  /** A processor is left to those who wait for answers. */
  private static Team team() {
    return new Team(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /** Ends what is under way; a file that is being written has some seconds to be whole. */
  @Override
  public void close() {
    closed = true;
    background.shutdown();
    try {
      if (writing.tryLock(WRITING_SECONDS, TimeUnit.SECONDS)) {
        writing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
