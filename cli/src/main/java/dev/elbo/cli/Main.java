package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.studio.http.HttpServer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program. Exit codes: 0 done, 1 a fault of the program (with a stack trace), 2 bad input (one
 * line), 130 stopped with Ctrl-C.
 */
@Command(
    name = "elbo",
    description = "Variational autoencoders: train, reconstruct, generate.",
    sortOptions = false,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int OUR_FAULT = 1;

  /** The width of a help page; the same everywhere, so that it reads as it was written. */
  private static final int HELP_COLUMNS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = Integer.MAX_VALUE,
      description = "show this help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version")
  private boolean version;

  public static void main(String[] arguments) {
    StandardError.restore();
    // Numbers in sentences have the digits 0 to 9, also where the user's language has others.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    if (arguments.length > 0 && List.of("studio", "serve").contains(arguments[0])) {
      // Beside the reading of arguments and models, which takes as long.
      Thread rehearsal = new Thread(HttpServer::rehearse, "elbo-rehearsal");
      rehearsal.setDaemon(true);
      rehearsal.start();
    }
    int code = execute(commandLine(arguments), arguments);
    System.exit(code == 0 ? written() : code);
  }

  /**
   * A result that did not arrive is no success; the stream itself only remembers that it failed.
   */
  private static int written() {
    if (!System.out.checkError()) {
      return 0;
    }
    System.err.println(
        "elbo: standard output: could not be written; check the disk or the program it goes to");
    return BAD_INPUT;
  }

  /** The program, with the commands that these arguments can reach. */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    for (NamedCommand command : NamedCommand.reachable(arguments)) {
      // As a CommandLine of its own, since only then the command's model transformer runs.
      line.addSubcommand(new CommandLine(command.type()));
    }
    return line.setUsageHelpWidth(HELP_COLUMNS)
        // A file's name may begin with @.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Main::badArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  /** Without a command: the help, as the answer to a question. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int badArguments(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String help = "see " + command.getCommandSpec().qualifiedName() + " --help";
    if (e instanceof UnmatchedArgumentException unmatched) {
      return badInput(
          command.getErr(), unmatched(unmatched, command) + "; " + hint(unmatched, help));
    }
    return badInput(command.getErr(), plainly(firstLine(e.getMessage())) + "; " + help);
  }

  /** A type of Java's as what its user calls it. */
  private static String plainly(String message) {
    return message
        .replace("is not a double", "is not a number")
        .replace("is not an int", "is not a whole number")
        .replace("is not a long", "is not a whole number");
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    String word = e.getUnmatched().get(0);
    if (word.startsWith("-")) {
      return "unknown flag " + word;
    }
    return (command.getSubcommands().isEmpty() ? "unexpected argument " : "unknown command ")
        + word;
  }

  private static String hint(UnmatchedArgumentException e, String help) {
    return e.getSuggestions().isEmpty() ? help : "did you mean " + e.getSuggestions().get(0) + "?";
  }

  /** Runs a command line; the one fault of the machine that a user can mend is bad input too. */
  static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return badInput(
          commandLine.getErr(),
          "memory: expected more than the %d MB that Java has, found them used up; ask for less, or set ELBO_JAVA_OPTS=-Xmx…"
              .formatted(megabytes));
    }
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
    if (e instanceof InputException) {
      return badInput(command.getErr(), firstLine(e.getMessage()));
    }
    e.printStackTrace(command.getErr());
    command.getErr().flush();
    return OUR_FAULT;
  }

  private static int badInput(PrintWriter err, String sentence) {
    err.println("elbo: " + sentence);
    err.flush();
    return BAD_INPUT;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("bad input");
  }
}
