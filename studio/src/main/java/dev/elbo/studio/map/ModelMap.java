package dev.elbo.studio.map;

import dev.elbo.kernel.Team;
import dev.elbo.map.Cloud;
import dev.elbo.map.Trustworthiness;
import dev.elbo.map.Tsne;
import dev.elbo.map.TsneSettings;
import dev.elbo.studio.model.MapImages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The maps of one model: the principal plane as soon as its images are encoded, its trustworthiness
 * and a kept t-SNE soon after, a new t-SNE when somebody asks. All work is done by one thread in
 * the background, one thing after the other. For any number of threads that ask.
 */
public final class ModelMap implements AutoCloseable {
  /** Points that a t-SNE shows and trustworthiness is measured on: the first of the map. */
  public static final int POINTS = 5_000;

  /** Below it nobody has three neighbours. */
  static final int LEAST_POINTS = 4;

  private static final long SEED = 0;

  private final CompletableFuture<PrincipalMap> principal;
  private final MapStore store;
  private final ExecutorService background;
  private final int points;
  private volatile double trustworthiness = Double.NaN;
  private volatile TsneState tsne = new TsneState.Absent();
  private volatile boolean closed;

  ModelMap(CompletableFuture<MapImages> images, MapStore store) {
    this(images, store, POINTS);
  }

  ModelMap(CompletableFuture<MapImages> images, MapStore store, int points) {
    this.store = store;
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
    Cloud means = map.firstMeans(points);
    Optional<TsneMap> kept = store.read(source(means));
    synchronized (this) {
      if (tsne instanceof TsneState.Absent) {
        kept.ifPresent(found -> tsne = new TsneState.Ready(found));
      }
    }
    if (!closed) {
      try (Team team = team()) {
        trustworthiness = trustworthiness(means, map.firstOfMap(points), team);
      }
    }
  }

  private void make(PrincipalMap map) {
    Cloud means = map.firstMeans(points);
    TsneMap.Source source = source(means);
    TsneState after = new TsneState.Absent();
    try (Team team = team()) {
      Optional<Tsne> made =
          Tsne.of(
              means,
              settings(means),
              SEED,
              team,
              (iteration, iterations, divergence) -> {
                tsne = new TsneState.Running((double) iteration / iterations);
                return !closed;
              });
      if (made.isPresent()) {
        Cloud points2d = made.get().map();
        TsneMap finished =
            new TsneMap(
                points2d, made.get().divergence(), trustworthiness(means, points2d, team), source);
        store.write(finished);
        after = new TsneState.Ready(finished);
      }
    } finally {
      tsne = after;
    }
  }

  private static double trustworthiness(Cloud space, Cloud map, Team team) {
    return space.count() > 2 * Trustworthiness.NEIGHBOURS
        ? Trustworthiness.of(space, map, team)
        : Double.NaN;
  }

  private TsneMap.Source source(Cloud means) {
    return new TsneMap.Source(
        store.modelSha256(),
        PrincipalMap.digestOf(means),
        settings(means).text() + ", seed " + SEED);
  }

  /** Of few points the perplexity is a third. */
  private static TsneSettings settings(Cloud means) {
    TsneSettings usual = TsneSettings.DEFAULT;
    return new TsneSettings(
        Math.max(1, Math.min(usual.perplexity(), (means.count() - 1) / 3.0)),
        usual.iterations(),
        usual.exaggeration(),
        usual.exaggerated(),
        usual.theta());
  }

  /** A processor is left to those who wait for answers. */
  private static Team team() {
    return new Team(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /** Ends what is under way; a file that is being written is written to its end. */
  @Override
  public void close() {
    closed = true;
    background.shutdown();
  }
}
