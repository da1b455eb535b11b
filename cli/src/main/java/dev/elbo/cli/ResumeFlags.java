package dev.elbo.cli;

import dev.elbo.model.ConfigKey;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Resuming takes every flag of the configuration, so as to name the key that may not change, but
 * its help shows the one that may.
 */
final class ResumeFlags implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec spec) {
    for (ConfigKey key : ConfigKey.values()) {
      key.flag()
          .map(flag -> spec.findOption("--" + flag))
          .ifPresent(option -> spec.remove(option).addOption(inHelp(option, key)));
    }
    return spec;
  }

  private static OptionSpec inHelp(OptionSpec option, ConfigKey key) {
    OptionSpec.Builder copy = option.toBuilder();
    return key == ConfigKey.NUM_EPOCHS
        ? copy.description("passes over the data in all (as the run has it)").build()
        : copy.hidden(true).build();
  }
}
