package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class NamedCommandTest {
  @Test
  void namesAreThoseOfTheAnnotations() {
    assertThat(NamedCommand.ALL)
        .allSatisfy(
            command ->
                assertThat(command.type().getAnnotation(Command.class).name())
                    .isEqualTo(command.name()));
  }

  @Test
  void onlyTheCommandAskedForIsRead() {
    assertThat(Main.commandLine("generate", "-n", "1").getSubcommands())
        .containsOnlyKeys("generate");
    assertThat(Main.commandLine("--version").getSubcommands()).isEmpty();
  }

  @Test
  void helpSlipsAndCompletionSeeAllCommands() {
    String[][] lines = {{}, {"--help"}, {"trian"}, {"completion"}, {"--version", "train"}};
    for (String[] line : lines) {
      assertThat(Main.commandLine(line).getSubcommands()).hasSize(NamedCommand.ALL.size());
    }
  }
}
