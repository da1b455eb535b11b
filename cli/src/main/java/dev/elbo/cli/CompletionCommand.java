package dev.elbo.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code elbo completion}. */
@Command(
    name = "completion",
    description = "Prints the completion script of bash and zsh: source <(elbo completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    System.out.print(AutoComplete.bash("elbo", spec.root().commandLine()));
  }
}
