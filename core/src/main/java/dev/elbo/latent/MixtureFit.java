package dev.elbo.latent;

import dev.elbo.InputException;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Fits a mixture to the aggregate posterior of a data set: with labels a mixture for each class,
 * weighted by the class's share, else one for all. How many components a class gets is decided by
 * the log-likelihood of one draw in ten, held out; then that many are fitted to all draws.
 */
public final class MixtureFit {
  /** What noise is for; the order is part of the format. */
  enum Use {
    DRAW,
    POSTERIOR,
    HOLD_OUT,
    START
  }

  /** Numbers of components that are tried for a group. */
  private static final int[] CHOICES = {1, 2, 4, 8, 16, 32, 64, 128};

  /** For all groups together, so that a file stays small: 260 kB at 27 active dimensions. */
  private static final int MOST_COMPONENTS = 160;

  /** A component is tried where so many points come to each. */
  private static final int LEAST_POINTS = 100;

  private static final int HELD_OUT_ONE_IN = 10;

  private final Points draws;
  private final Noise noise;
  private final Kernels kernels = Kernels.best();

  private MixtureFit(Points draws, Noise noise) {
    this.draws = draws;
    this.noise = noise;
  }

  /** One mixture to be fitted: to these rows, with so many components. */
  private record Task(int group, int[] rows, int components) {
    long work() {
      return (long) rows.length * components;
    }
  }

  /**
   * @param labels the class of each image, as bytes
   */
  public static Mixture fit(Codes codes, Optional<byte[]> labels, long seed, Team team) {
    Noise noise = Noise.of(seed).at(Noise.Purpose.MIXTURE);
    AggregatePosterior posterior =
        AggregatePosterior.of(codes, at(noise, Use.POSTERIOR), Kernels.best());
    if (posterior.active().length == 0) {
      throw new InputException(
          "mixture: expected a latent space that carries information, found all %d dimensions collapsed to the prior; use --sampler prior, or train with a smaller beta"
              .formatted(codes.latentSize()));
    }
    MixtureFit fit = new MixtureFit(posterior.draws(), noise);
    TreeMap<Integer, int[]> groups = groups(codes.count(), labels);
    return fit.mixture(posterior, groups, labels.isPresent(), team);
  }

  private static Noise at(Noise noise, Use use) {
    return noise.at(use.ordinal());
  }

  private static TreeMap<Integer, int[]> groups(int count, Optional<byte[]> labels) {
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int label = labels.isPresent() ? labels.get()[i] & 0xff : 0;
      members.computeIfAbsent(label, key -> new ArrayList<>()).add(i);
    }
    TreeMap<Integer, int[]> groups = new TreeMap<>();
    members.forEach(
        (label, rows) -> groups.put(label, rows.stream().mapToInt(Integer::intValue).toArray()));
    return groups;
  }

  private Mixture mixture(
      AggregatePosterior posterior, TreeMap<Integer, int[]> groups, boolean labelled, Team team) {
    List<Task> chosen = choose(groups, team);
    Components[] fitted = new Components[chosen.size()];
    run(chosen, team, (number, task) -> fitted[number] = fit(task));
    return assemble(posterior, chosen, fitted, labelled);
  }

  /** For each group the number of components under which what was held out is likeliest. */
  private List<Task> choose(TreeMap<Integer, int[]> groups, Team team) {
    List<Task> tasks = new ArrayList<>();
    groups.forEach(
        (group, rows) -> {
          int[] kept = part(rows, false);
          for (int components : CHOICES) {
            boolean enoughPoints = components * LEAST_POINTS <= kept.length;
            boolean fewEnough = components * groups.size() <= MOST_COMPONENTS;
            if (components == 1 || (enoughPoints && fewEnough)) {
              tasks.add(new Task(group, kept.length == 0 ? rows : kept, components));
            }
          }
        });
    double[] scores = new double[tasks.size()];
    run(
        tasks,
        team,
        (number, task) -> {
          Points heldOut = draws.select(part(groups.get(task.group), true));
          scores[number] =
              heldOut.count() == 0
                  ? -task.components
                  : ExpectationMaximization.meanLogDensity(fit(task), heldOut, kernels);
        });
    List<Task> chosen = new ArrayList<>();
    for (int group : groups.keySet()) {
      int best =
          IntStream.range(0, scores.length)
              .filter(i -> tasks.get(i).group == group)
              .boxed()
              .max(Comparator.comparingDouble(i -> scores[i]))
              .orElseThrow();
      chosen.add(new Task(group, groups.get(group), tasks.get(best).components));
    }
    return chosen;
  }

  private int[] part(int[] rows, boolean heldOut) {
    Noise split = at(noise, Use.HOLD_OUT);
    return IntStream.of(rows)
        .filter(row -> (split.at(row).below(HELD_OUT_ONE_IN, 0) == 0) == heldOut)
        .toArray();
  }

  private Components fit(Task task) {
    Noise start = at(noise, Use.START).at(task.group).at(task.components);
    return ExpectationMaximization.fit(draws.select(task.rows), task.components, start, kernels);
  }

  private interface Work {
    void run(int number, Task task);
  }

  /** Each task on one thread, the largest first; its result goes to the place of its number. */
  private static void run(List<Task> tasks, Team team, Work work) {
    List<Integer> order =
        IntStream.range(0, tasks.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -tasks.get(i).work()))
            .toList();
    AtomicInteger next = new AtomicInteger();
    team.run(
        worker -> {
          for (int i = next.getAndIncrement(); i < order.size(); i = next.getAndIncrement()) {
            int number = order.get(i);
            work.run(number, tasks.get(number));
          }
        });
  }

  private Mixture assemble(
      AggregatePosterior posterior, List<Task> tasks, Components[] fitted, boolean labelled) {
    int columns = posterior.active().length;
    int triangle = Mixture.triangle(columns);
    int count = IntStream.range(0, fitted.length).map(i -> fitted[i].count()).sum();
    float[] weights = new float[count];
    int[] classes = new int[labelled ? count : 0];
    float[] means = new float[count * columns];
    float[] factors = new float[count * triangle];
    int to = 0;
    for (int g = 0; g < fitted.length; g++) {
      double share = (double) tasks.get(g).rows.length / draws.count();
      for (int k = 0; k < fitted[g].count(); k++) {
        weights[to] = (float) (share * fitted[g].weights()[k]);
        if (labelled) {
          classes[to] = tasks.get(g).group;
        }
        int at = to * triangle;
        for (int i = 0; i < columns; i++) {
          means[to * columns + i] = (float) fitted[g].means()[k][i];
          for (int j = 0; j <= i; j++) {
            factors[at++] = (float) fitted[g].factors()[k][i * columns + j];
          }
        }
        to++;
      }
    }
    return new Mixture(
        posterior.active(),
        weights,
        classes,
        means,
        factors,
        posterior.mean(),
        posterior.deviation());
  }
}
