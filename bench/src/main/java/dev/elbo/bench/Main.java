package dev.elbo.bench;

import dev.elbo.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The benchmarks. Exit codes: 0 done, 1 a guard that does not hold or a fault (with its reason), 2
 * bad input.
 */
@Command(
    name = "elbo-bench",
    description = "Measures Elbo, and its peers in the same run.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StepCommand.class,
      GemmCommand.class,
      ScaleCommand.class,
      JobCommand.class,
      GenerateCommand.class,
      EncodeCommand.class,
      StartCommand.class,
      ServeCommand.class,
      GarbageCommand.class,
      PhasesCommand.class,
      CoresCommand.class,
      JmhCommand.class
    })
public final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    System.out.flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::failed);
  }

  /** Without a command: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
    if (e instanceof InputException || e instanceof PeerFailure) {
      command.getErr().println("elbo-bench: " + e.getMessage());
      command.getErr().flush();
      return e instanceof InputException ? BAD_INPUT : FAILED;
    }
    e.printStackTrace(command.getErr());
    command.getErr().flush();
    return FAILED;
  }
}
