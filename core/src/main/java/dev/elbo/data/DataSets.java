package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one entry to data: from what a user asked for, a name or a folder or nothing, to a {@link
 * DataSet}. Looks on this machine first, then downloads, and without being asked by name falls back
 * on pen digits when there is no other way.
 */
public final class DataSets {
  /** The generated data set. */
  public static final String PEN = "pen";

  /** A folder of one's own; by this name only together with a folder. */
  public static final String FOLDER = "folder";

  private final List<KnownDataSet> known;
  private final Places places;
  private final LongFunction<DataSet> penDigits;
  private final DownloadListener listener;
  private final Consumer<String> say;
  private final Patience asked;
  private final Patience unasked;

  /**
   * @param penDigits makes the generated digits from a seed
   * @param say takes plain lines for the user
   */
  public DataSets(
      Places places,
      LongFunction<DataSet> penDigits,
      DownloadListener listener,
      Consumer<String> say) {
    this(KnownDataSet.ALL, places, penDigits, listener, say, Patience.ASKED, Patience.UNASKED);
  }

  DataSets(
      List<KnownDataSet> known,
      Places places,
      LongFunction<DataSet> penDigits,
      DownloadListener listener,
      Consumer<String> say,
      Patience asked,
      Patience unasked) {
    this.known = List.copyOf(known);
    this.places = places;
    this.penDigits = penDigits;
    this.listener = listener;
    this.say = say;
    this.asked = asked;
    this.unasked = unasked;
  }

  /** A data set and the files it was read from. */
  private record Loaded(DataSet data, List<Path> files) {}

  /** A line of {@link #list}; no location when it would have to be downloaded or made. */
  public record Listed(String name, String description, Optional<String> location) {}

  /**
   * The data set.
   *
   * @param name as given by {@code --dataset}
   * @param given the folder given by {@code --data}; without a name, one that holds IDX files
   *     itself is the data set
   * @param seed decides pen digits, and which images of a folder without a test part are held out
   * @throws InputException for an unknown name, a broken file, or data asked for by name that is
   *     neither here nor to be had
   */
  public DataSet load(Optional<String> name, Optional<Path> given, long seed) {
    return find(name, given, seed).data;
  }

  /**
   * The published data set of a name, if all its files are on this machine; downloads nothing.
   *
   * @throws InputException for a broken file
   */
  public Optional<DataSet> here(String name, Optional<Path> given) {
    given.ifPresent(DataSets::requireFolder);
    Optional<KnownDataSet> set =
        known.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    if (set.isEmpty()) {
      return Optional.empty();
    }
    List<Path> files =
        set.get().files().stream()
            .flatMap(file -> locator(given).find(set.get(), file).stream())
            .toList();
    boolean complete = files.size() == set.get().files().size();
    return complete ? Optional.of(set.get().read(files, location(files))) : Optional.empty();
  }

  /** Loads as {@link #load} does, downloading if need be, and describes. */
  public DataSummary describe(Optional<String> name, Optional<Path> given, long seed) {
    Loaded loaded = find(name, given, seed);
    DataSet data = loaded.data;
    return new DataSummary(
        data.name(),
        data.location(),
        data.sha256(),
        DataSummary.Part.of(data.train()),
        data.validation().map(DataSummary.Part::of),
        DataSummary.Part.of(data.test()),
        loaded.files.stream().map(DataSets::sum).toList());
  }

  /** Whether the folder itself is a data set: it holds IDX files, rather than folders of them. */
  public static boolean isOwn(Path folder) {
    return new IdxFolder(folder).holdsIdx();
  }

  /** Every data set that has a name; downloads nothing. */
  public List<Listed> list(Optional<Path> given) {
    given.ifPresent(DataSets::requireFolder);
    List<Listed> lines = new ArrayList<>();
    for (KnownDataSet set : known) {
      List<Path> files =
          set.files().stream().flatMap(file -> locator(given).find(set, file).stream()).toList();
      boolean complete = files.size() == set.files().size();
      lines.add(
          new Listed(
              set.name(),
              set.description(),
              complete ? Optional.of(location(files)) : Optional.empty()));
    }
    lines.add(
        new Listed(PEN, "generated digits, any number of 28×28, ten classes", Optional.empty()));
    return lines;
  }

  private Loaded find(Optional<String> name, Optional<Path> given, long seed) {
    given.ifPresent(DataSets::requireFolder);
    if (name.isEmpty()) {
      boolean own = given.isPresent() && isOwn(given.get());
      return own ? own(given.get(), seed) : byDefault(given, seed);
    }
    if (name.get().equals(PEN)) {
      return pen(seed);
    }
    if (name.get().equals(FOLDER)) {
      return own(
          given.orElseThrow(
              () ->
                  new InputException(
                      "dataset folder: expected the folder in --data, found none; add --data DIR")),
          seed);
    }
    KnownDataSet set = byName(name.get());
    try {
      return known(set, given, asked);
    } catch (UnreachableException e) {
      throw new InputException(unreachable(set, given, e), e);
    }
  }

  private Loaded byDefault(Optional<Path> given, long seed) {
    KnownDataSet set = known.get(0);
    try {
      return known(set, given, unasked);
    } catch (UnreachableException e) {
      say.accept(
          set.name()
              + " is not on this machine (looked in "
              + searched(given)
              + ") and no mirror gave it.");
      say.accept(
          "Using generated pen digits instead; elbo data "
              + set.name()
              + " says what was tried and where to put the files.");
      return pen(seed);
    }
  }

  private Loaded known(KnownDataSet set, Optional<Path> given, Patience patience)
      throws UnreachableException {
    Locator locator = locator(given);
    List<Optional<Path>> found = set.files().stream().map(file -> locator.find(set, file)).toList();
    List<Path> files = new ArrayList<>();
    Downloader downloader = null;
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).isPresent()) {
        files.add(found.get(i).get());
      } else {
        if (downloader == null) {
          downloader = new Downloader(set, patience, listener);
        }
        files.add(downloader.fetch(set.files().get(i), cacheOf(set)));
      }
    }
    return new Loaded(set.read(files, location(files)), files);
  }

  private Loaded own(Path folder, long seed) {
    IdxFolder idx = new IdxFolder(folder);
    HeldOut parts = idx.read(seed);
    String sha256 = ContentHash.of(parts.train(), parts.test());
    String name =
        known.stream()
            .filter(set -> set.contentSha256().equals(sha256))
            .map(KnownDataSet::name)
            .findFirst()
            .orElse(FOLDER);
    List<Path> files = idx.files();
    return new Loaded(
        new DataSet(name, parts.train(), parts.test(), sha256, location(files)), files);
  }

  private Loaded pen(long seed) {
    return new Loaded(penDigits.apply(seed), List.of());
  }

  private KnownDataSet byName(String name) {
    List<String> names =
        Stream.concat(known.stream().map(KnownDataSet::name), Stream.of(PEN, FOLDER)).toList();
    return known.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "dataset: expected one of "
                        + String.join(", ", names)
                        + ", found "
                        + name
                        + "; "
                        + Nearest.to(name, names)
                            .map(nearest -> "did you mean " + nearest + "?")
                            .orElse("elbo data lists them")));
  }

  private Locator locator(Optional<Path> given) {
    return new Locator(places.inOrder(given), known);
  }

  private Path cacheOf(KnownDataSet set) {
    return places.cache().resolve(set.name());
  }

  private String searched(Optional<Path> given) {
    return places.inOrder(given).stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private String unreachable(KnownDataSet set, Optional<Path> given, UnreachableException e) {
    String names = set.files().stream().map(KnownFile::gzipName).collect(Collectors.joining(", "));
    return set.name()
        + ": expected its files in "
        + searched(given)
        + " or a mirror that gives them, found neither ("
        + e.getMessage()
        + "); put "
        + names
        + " into "
        + cacheOf(set)
        + " by hand";
  }

  private static void requireFolder(Path given) {
    if (!Files.isDirectory(given) || !Files.isReadable(given)) {
      String found = Locator.isThere(given) ? "something else" : "nothing of that name";
      throw new InputException(
          given
              + ": expected a readable folder of data, found "
              + found
              + "; create it or give another to --data");
    }
  }

  /** The folders of the files; one, unless they were found in several. */
  private static String location(List<Path> files) {
    return files.stream()
        .map(file -> file.toAbsolutePath().normalize().getParent().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static DataSummary.FileSum sum(Path file) {
    try {
      return new DataSummary.FileSum(file.toString(), Files.size(file), Sha256.of(file));
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read (" + Reason.of(e) + "); make it readable and run again", e);
    }
  }
}
