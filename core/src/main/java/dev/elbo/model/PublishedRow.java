package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure of a published table, with the training that gives it.
 *
 * @param source of the figure
 * @param theirs the negative log-likelihood of the test set, nats per image
 * @param draws of each image for that likelihood
 * @param preset the training, but for objective and samples
 * @param samples draws of z for each image in a step
 */
public record PublishedRow(
    String name,
    String source,
    double theirs,
    int draws,
    String preset,
    ObjectiveKind objective,
    int samples) {

  private static final String BURDA = "Burda et al. 2015, table 1";
  private static final int BURDAS_DRAWS = 5000;

  /** Every one that can be asked for. */
  public static final List<PublishedRow> ALL =
      List.of(
          burda("vae-1l", 1, 86.76),
          burda("vae-1l", 5, 86.47),
          burda("vae-1l", 50, 86.35),
          burda("iwae-1l", 5, 85.54),
          burda("iwae-1l", 50, 84.78),
          burda("vae-2l", 1, 85.33),
          burda("vae-2l", 5, 85.01),
          burda("vae-2l", 50, 84.78),
          burda("iwae-2l", 5, 83.89),
          burda("iwae-2l", 50, 82.90),
          new PublishedRow(
              "pythae-vae",
              "pythae, reproducibility table",
              89.78,
              200,
              "pythae",
              ObjectiveKind.ELBO,
              1),
          new PublishedRow(
              "vamp-1l",
              "Tomczak and Welling 2018, table 1",
              85.57,
              BURDAS_DRAWS,
              "vamp",
              ObjectiveKind.ELBO,
              1));

  private static PublishedRow burda(String model, int k, double theirs) {
    ObjectiveKind objective = model.startsWith("iwae") ? ObjectiveKind.IWAE : ObjectiveKind.ELBO;
    String preset = model.endsWith("1l") ? "burda-1l" : "burda-2l";
    String name = "burda-" + model + "-k" + k;
    return new PublishedRow(name, BURDA, theirs, BURDAS_DRAWS, preset, objective, k);
  }

  /**
   * @throws InputException where there is none of that name
   */
  public static PublishedRow of(String name) {
    List<String> names = ALL.stream().map(PublishedRow::name).toList();
    return ALL.stream()
        .filter(row -> row.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "row: expected a published row, found %s; %s"
                        .formatted(
                            name,
                            Nearest.to(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("elbo reproduce --list names them"))));
  }

  /** The published protocol. */
  public Config config() {
    Settings settings = Settings.defaults();
    settings.lay(Preset.of(preset).values());
    settings.lay(ConfigKey.OBJECTIVE, objective.toString(), name);
    settings.lay(ConfigKey.SAMPLES, String.valueOf(samples), name);
    return settings.config();
  }

  /**
   * The protocol in fewer epochs: what is counted in epochs (steps of the learning rate, the rise
   * of the KL, patience) shrinks with them.
   *
   * @param epochs at least 1; with as many as published or more it is the protocol itself
   */
  public Config shortened(int epochs) {
    Config whole = config();
    if (epochs >= whole.epochs()) {
      return whole;
    }
    double share = (double) epochs / whole.epochs();
    Settings settings = Settings.of(whole);
    settings.lay(ConfigKey.NUM_EPOCHS, String.valueOf(epochs), name);
    settings.lay(ConfigKey.KL_WARMUP, ConfigKey.text(whole.objective().klWarmup() * share), name);
    int patience = whole.schedule().patience();
    if (patience > 0) {
      long shorter = Math.max(1, Math.round(patience * share));
      settings.lay(ConfigKey.PATIENCE, String.valueOf(shorter), name);
    }
    if (whole.schedule().kind() == ScheduleKind.STEPS) {
      settings.lay(ConfigKey.LR_STEPS, shortened(whole.schedule().steps(), share), name);
    }
    return settings.config();
  }

  /** Ascending still; steps that fall on the same epoch become neighbours. */
  private static String shortened(List<Integer> steps, double share) {
    List<Integer> shorter = new ArrayList<>();
    int last = 0;
    for (int step : steps) {
      last = Math.max(last + 1, (int) Math.round(step * share));
      shorter.add(last);
    }
    return ConfigKey.text(shorter);
  }
}
