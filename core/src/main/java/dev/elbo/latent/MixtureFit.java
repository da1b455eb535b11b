package dev.elbo.latent;

import dev.elbo.InputException;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits a mixture to the aggregate posterior of a data set: with labels a mixture for each class,
 * weighted by the class's share, else one for all. How many components a class gets is decided by
 * the log-likelihood of one draw in ten, held out; that fit then goes on with all draws.
 */
public final class MixtureFit {
  /** What noise is for; the order is part of the format. */
  enum Use {
    DRAW,
    POSTERIOR,
    HOLD_OUT,
    START
  }

  /** Numbers of components that are tried for a class. */
  private static final int[] CHOICES = {1, 2, 4, 8, 16, 32, 64, 128};

  /** For all classes together, so that a file stays small: 260 kB at 27 active dimensions. */
  private static final int MOST_COMPONENTS = 160;

  /** A number is tried where so many points come to each component. */
  private static final int LEAST_POINTS = 100;

  private static final int HELD_OUT_ONE_IN = 10;

  private final Points draws;
  private final Noise noise;
  private final Kernels kernels = Kernels.best();

  private MixtureFit(Points draws, Noise noise) {
    this.draws = draws;
    this.noise = noise;
  }

  /** A fit that is tried: rows of a class, kept and held out, and a number of components. */
  private record Trial(int label, int[] kept, int[] heldOut, int components) {
    long work() {
      return (long) kept.length * components;
    }
  }

  /**
   * @param score mean log-density of what was held out, in nats
   */
  private record Outcome(Trial trial, MixtureStart fit, double score) {}

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
    SortedMap<Integer, int[]> classes = classes(codes.count(), labels);
    List<Outcome> best = fit.choose(classes, team);
    Components[] fitted = new Components[best.size()];
    TaskQueue.run(
        team,
        best,
        outcome -> outcome.trial.work(),
        (number, outcome) -> {
          Points all = fit.draws.select(classes.get(outcome.trial.label));
          fitted[number] = ExpectationMaximization.fit(all, outcome.fit, fit.kernels).components();
        });
    return assemble(posterior, best, fitted, labels.isPresent());
  }

  private static Noise at(Noise noise, Use use) {
    return noise.at(use.ordinal());
  }

  /** The rows of each class; all are of class 0 where there are no labels. */
  private static SortedMap<Integer, int[]> classes(int count, Optional<byte[]> labels) {
    SortedMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int label = labels.isPresent() ? labels.get()[i] & 0xff : 0;
      members.computeIfAbsent(label, key -> new ArrayList<>()).add(i);
    }
    SortedMap<Integer, int[]> classes = new TreeMap<>();
    members.forEach(
        (label, rows) -> classes.put(label, rows.stream().mapToInt(row -> row).toArray()));
    return classes;
  }

  /** For each class the trial under which what was held out is likeliest; of equals the smaller. */
  private List<Outcome> choose(SortedMap<Integer, int[]> classes, Team team) {
    List<Trial> trials = new ArrayList<>();
    classes.forEach((label, rows) -> trials.addAll(trials(label, rows, classes.size())));
    Outcome[] outcomes = new Outcome[trials.size()];
    TaskQueue.run(team, trials, Trial::work, (number, trial) -> outcomes[number] = outcome(trial));
    SortedMap<Integer, Outcome> best = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      best.merge(outcome.trial.label, outcome, (a, b) -> b.score > a.score ? b : a);
    }
    return List.copyOf(best.values());
  }

  private List<Trial> trials(int label, int[] rows, int classes) {
    Noise split = at(noise, Use.HOLD_OUT);
    int[] heldOut =
        IntStream.of(rows).filter(i -> split.at(i).below(HELD_OUT_ONE_IN, 0) == 0).toArray();
    if (heldOut.length == 0 || heldOut.length == rows.length) {
      return List.of(new Trial(label, rows, rows, 1));
    }
    int[] kept =
        IntStream.of(rows).filter(i -> split.at(i).below(HELD_OUT_ONE_IN, 0) != 0).toArray();
    List<Trial> trials = new ArrayList<>();
    for (int components : CHOICES) {
      boolean enoughPoints = components * LEAST_POINTS <= kept.length;
      boolean fewEnough = components * classes <= MOST_COMPONENTS;
      if (components == 1 || (enoughPoints && fewEnough)) {
        trials.add(new Trial(label, kept, heldOut, components));
      }
    }
    return trials;
  }

  private Outcome outcome(Trial trial) {
    Points kept = draws.select(trial.kept);
    Noise start = at(noise, Use.START).at(trial.label).at(trial.components);
    MixtureStart fit =
        ExpectationMaximization.fit(kept, MixtureStart.of(kept, trial.components, start), kernels);
    Points heldOut = draws.select(trial.heldOut);
    double score = ExpectationMaximization.meanLogDensity(fit.components(), heldOut, kernels);
    return new Outcome(trial, fit, score);
  }

  private static Mixture assemble(
      AggregatePosterior posterior, List<Outcome> best, Components[] fitted, boolean labelled) {
    int columns = posterior.active().length;
    int triangle = Mixture.triangle(columns);
    int count = Arrays.stream(fitted).mapToInt(Components::count).sum();
    double all = best.stream().mapToDouble(MixtureFit::rows).sum();
    float[] weights = new float[count];
    int[] classes = new int[labelled ? count : 0];
    float[] means = new float[count * columns];
    float[] factors = new float[count * triangle];
    int to = 0;
    for (int c = 0; c < fitted.length; c++) {
      for (int k = 0; k < fitted[c].count(); k++) {
        weights[to] = (float) (rows(best.get(c)) / all * fitted[c].weights()[k]);
        if (labelled) {
          classes[to] = best.get(c).trial.label;
        }
        int at = to * triangle;
        for (int i = 0; i < columns; i++) {
          means[to * columns + i] = (float) fitted[c].means()[k][i];
          for (int j = 0; j <= i; j++) {
            factors[at++] = (float) fitted[c].factors()[k][i * columns + j];
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

  private static double rows(Outcome outcome) {
    Trial trial = outcome.trial;
    return trial.kept == trial.heldOut
        ? trial.kept.length
        : trial.kept.length + trial.heldOut.length;
  }
}
