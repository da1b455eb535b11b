package dev.elbo.cli;

import java.util.List;

/** A command of the program, with the name that its annotation has too. */
record NamedCommand(String name, Class<?> type) {
  /** In the order of the help. */
  static final List<NamedCommand> ALL =
      List.of(
          new NamedCommand("train", TrainCommand.class),
          new NamedCommand("resume", ResumeCommand.class),
          new NamedCommand("reconstruct", ReconstructCommand.class),
          new NamedCommand("generate", GenerateCommand.class),
          new NamedCommand("interpolate", InterpolateCommand.class),
          new NamedCommand("traverse", TraverseCommand.class),
          new NamedCommand("evaluate", EvaluateCommand.class),
          new NamedCommand("sweep", SweepCommand.class),
          new NamedCommand("reproduce", ReproduceCommand.class),
          new NamedCommand("studio", StudioCommand.class),
          new NamedCommand("serve", ServeCommand.class),
          new NamedCommand("export", ExportCommand.class),
          new NamedCommand("data", DataCommand.class),
          new NamedCommand("info", InfoCommand.class),
          new NamedCommand("runs", RunsCommand.class),
          new NamedCommand("presets", PresetsCommand.class),
          new NamedCommand("completion", CompletionCommand.class));

  /**
   * Those that a command line can reach. To read the annotations of all takes longer than most of
   * them run.
   */
  static List<NamedCommand> reachable(String... arguments) {
    if (arguments.length == 1 && List.of("-V", "--version").contains(arguments[0])) {
      return List.of();
    }
    // Completion is about all the others.
    if (arguments.length > 0 && !arguments[0].equals("completion")) {
      List<NamedCommand> named = ALL.stream().filter(c -> c.name.equals(arguments[0])).toList();
      return named.isEmpty() ? ALL : named;
    }
    return ALL;
  }
}
