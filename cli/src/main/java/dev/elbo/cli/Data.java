package dev.elbo.cli;

import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.PenDigits;
import dev.elbo.data.Places;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Data sets, with their downloads shown. */
final class Data {
  private Data() {}

  /** What a name or a folder or neither stands for. */
  static DataSet load(Console console, Optional<String> name, Optional<Path> folder, long seed) {
    return with(console, sets -> sets.load(name, folder, seed));
  }

  /** Something done with the data sets of this machine. */
  static <T> T with(Console console, Function<DataSets, T> use) {
    try (DownloadDisplay display = new DownloadDisplay(console)) {
      return use.apply(
          new DataSets(Places.ofThisProcess(), PenDigits::dataSet, display, console::say));
    }
  }
}
