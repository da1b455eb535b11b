package dev.elbo.cli;

import dev.elbo.kernel.KernelChoice;
import java.io.PrintStream;
import java.util.Map;

/** Where things are said: results on standard output, remarks and progress on standard error. */
final class Console {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int LEAST_COLUMNS = 20;

  private final PrintStream err;
  private final boolean quiet;
  private final boolean terminal;

  private Console(PrintStream err, boolean quiet, boolean terminal) {
    this.err = err;
    this.quiet = quiet;
    this.terminal = terminal;
  }

  /** The launcher says whether standard error is a terminal; some variables say not to draw. */
  static Console of(boolean quiet) {
    return new Console(
        System.err, quiet, canDraw(System.getenv(), Boolean.getBoolean("elbo.terminal")));
  }

  static boolean canDraw(Map<String, String> environment, boolean terminal) {
    return terminal
        && !isSet(environment, "NO_COLOR")
        && !isSet(environment, "CI")
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  private static boolean isSet(Map<String, String> environment, String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Whether a line may be drawn over itself. */
  boolean isTerminal() {
    return terminal && !quiet;
  }

  int columns() {
    int columns = Integer.getInteger("elbo.columns", DEFAULT_COLUMNS);
    // A terminal that does not know its size says 0.
    return columns < LEAST_COLUMNS ? DEFAULT_COLUMNS : columns;
  }

  PrintStream err() {
    return err;
  }

  /** A remark. */
  void say(String line) {
    if (!quiet) {
      err.println(line);
    }
  }

  /** Says, once, where the machine or the Java runtime costs speed. */
  void sayKernels() {
    KernelChoice.chosen().notice().ifPresent(this::say);
  }
}
