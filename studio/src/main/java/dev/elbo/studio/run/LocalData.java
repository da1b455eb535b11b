package dev.elbo.studio.run;

import dev.elbo.InputException;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.DownloadListener;
import dev.elbo.data.PenDigits;
import dev.elbo.data.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets of this machine, by name; nothing is downloaded because a page asked.
 *
 * @param folder where they may lie, before the usual places
 */
record LocalData(Optional<Path> folder) {
  private static final String MNIST = "mnist";

  /**
   * A data set that a training can be started with, or could if it were here.
   *
   * @param here whether its files are on this machine, or it needs none
   */
  record Known(String name, String description, boolean here) {}

  private static DataSets sets() {
    return new DataSets(
        Places.ofThisProcess(), PenDigits::dataSet, DownloadListener.SILENT, line -> {});
  }

  List<Known> all() {
    return known(folder);
  }

  private static List<Known> known(Optional<Path> place) {
    return sets().list(place).stream()
        .map(
            listed ->
                new Known(
                    listed.name(),
                    listed.description(),
                    listed.name().equals(DataSets.PEN) || listed.location().isPresent()))
        .toList();
  }

  /** What a training takes where no data set was asked for. */
  String byDefault() {
    return all().stream().anyMatch(set -> set.name().equals(MNIST) && set.here())
        ? MNIST
        : DataSets.PEN;
  }

  /**
   * @throws InputException for a name that is none, and for data that is not here
   */
  void requireHere(String name) {
    requireHere(name, folder);
  }

  private static void requireHere(String name, Optional<Path> place) {
    List<Known> all = known(place);
    List<String> names = all.stream().filter(Known::here).map(Known::name).toList();
    if (names.contains(name)) {
      return;
    }
    boolean isKnown = all.stream().anyMatch(set -> set.name().equals(name));
    throw new InputException(
        "dataset: expected one that is on this machine (%s), found %s; %s"
            .formatted(
                String.join(", ", names),
                isKnown ? name : "another",
                isKnown ? "elbo data " + name + " gets it" : "choose one of them"));
  }

  DataSet load(String name, long seed) {
    requireHere(name);
    return sets().load(Optional.of(name), folder, seed);
  }

  /**
   * The data that a run was begun with.
   *
   * @param before where it lay then
   */
  DataSet loadAgain(String name, Optional<Path> before, long seed) {
    Optional<Path> place = before.or(() -> folder);
    if (!name.equals(DataSets.FOLDER)) {
      requireHere(name, place);
    }
    return sets().load(Optional.of(name), place, seed);
  }
}
