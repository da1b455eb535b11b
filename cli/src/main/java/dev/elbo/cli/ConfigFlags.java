package dev.elbo.cli;

import dev.elbo.model.ConfigKey;
import dev.elbo.model.ConfigType;
import dev.elbo.model.Settings;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags of the configuration, one for each row of {@link ConfigKey}. They are taken as text, so
 * that a value's check and its error are the same whether it came from a flag, the environment or a
 * file.
 */
final class ConfigFlags {
  private final Map<ConfigKey, Settings.Entry> given = new EnumMap<>(ConfigKey.class);

  /** A command that takes them. */
  interface Command {
    ConfigFlags configFlags();
  }

  /** The values given, each with its flag as the source. */
  Map<ConfigKey, Settings.Entry> given() {
    return given;
  }

  private OptionSpec option(ConfigKey key, String flag) {
    ISetter setter =
        new ISetter() {
          @Override
          public <T> T set(T text) {
            if (text == null) {
              given.remove(key);
            } else {
              given.put(key, new Settings.Entry(text.toString().strip(), "--" + flag));
            }
            return null;
          }
        };
    boolean isTruth = key.type().form() == ConfigType.Form.TRUTH;
    return OptionSpec.builder("--" + flag)
        .arity(isTruth ? "0..1" : "1")
        .fallbackValue(isTruth ? "true" : "")
        .order(key.ordinal())
        .type(String.class)
        .paramLabel(key.label())
        // picocli formats what it prints.
        .description(key.description().replace("%", "%%"))
        .completionCandidates(key.type().words())
        .setter(setter)
        .build();
  }

  /** Adds the flags to a command. */
  static final class Adding implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      ConfigFlags flags = ((Command) spec.userObject()).configFlags();
      for (ConfigKey key : ConfigKey.values()) {
        key.flag().ifPresent(flag -> spec.addOption(flags.option(key, flag)));
      }
      return spec;
    }
  }

  /**
   * Adds all of them, so as to name the key that may not change, but shows in the help the one that
   * may.
   */
  static final class AddingForResuming implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      ConfigFlags flags = ((Command) spec.userObject()).configFlags();
      for (ConfigKey key : ConfigKey.values()) {
        key.flag().ifPresent(flag -> spec.addOption(inHelp(flags.option(key, flag), key)));
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
}
