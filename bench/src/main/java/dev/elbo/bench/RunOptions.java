package dev.elbo.bench;

import dev.elbo.InputException;
import dev.elbo.bench.peer.Digits;
import dev.elbo.data.Role;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands have in common: data, threads, form of the result. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where MNIST lies (ELBO_DATA, ../shared/data; else images are made)")
  private Path data;

  @Option(names = "--threads", paramLabel = "N", description = "at most (all processors)")
  private Integer threads;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  /** The source tree; the script says where. */
  Path root() {
    return Path.of(System.getProperty("elbo.root", "..")).toAbsolutePath().normalize();
  }

  int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (threads == null) {
      return processors;
    }
    if (threads < 1 || threads > processors) {
      throw new InputException(
          "--threads: expected a whole number from 1 to %d, the processors here, found %d; leave it out for all"
              .formatted(processors, threads));
    }
    return threads;
  }

  /** 1 and the most. */
  List<Integer> oneAndAll() {
    return List.copyOf(new TreeSet<>(List.of(1, threads())));
  }

  /** The folder that holds MNIST, or that it is to be made. */
  String data() {
    if (data != null && Digits.find(data, Role.TRAIN_IMAGES).isEmpty()) {
      throw new InputException(
          "%s: expected MNIST's %s[.gz] there or in its folder mnist, found none; leave --data out for images that are made"
              .formatted(data, Role.TRAIN_IMAGES.fileName()));
    }
    Stream<Path> places =
        Stream.of(
                Optional.ofNullable(data),
                Optional.ofNullable(System.getenv("ELBO_DATA"))
                    .filter(text -> !text.isEmpty())
                    .map(Path::of),
                Optional.of(root().resolve("../shared/data")))
            .flatMap(Optional::stream);
    return places
        .filter(place -> Digits.find(place, Role.TRAIN_IMAGES).isPresent())
        .findFirst()
        .map(place -> place.toAbsolutePath().normalize().toString())
        .orElse(Digits.SYNTHETIC);
  }

  String dataName() {
    return data().equals(Digits.SYNTHETIC) ? "images made here, 81% zeros" : "MNIST";
  }

  Peers peers() {
    return new Peers(root(), data());
  }

  /** Progress goes to standard error. */
  void say(String line) {
    command.commandLine().getErr().println(line);
    command.commandLine().getErr().flush();
  }

  void print(Report report) {
    String typed =
        "./elbo-bench "
            + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    PrintStream out = System.out;
    report.print(out, Machine.here(root(), typed), json);
    out.flush();
  }
}
