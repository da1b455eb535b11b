package dev.elbo.training;

import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.util.EnumMap;
import java.util.Map;

/** Configurations of tests: another one with some values, given as {@code ema=0.9 clip_norm=1}. */
final class Options {
  private Options() {}

  static Config with(Config config, String words) {
    Map<ConfigKey, Settings.Entry> over = new EnumMap<>(ConfigKey.class);
    for (String word : words.split(" ")) {
      String[] pair = word.split("=");
      over.put(ConfigKey.of(pair[0], "test"), new Settings.Entry(pair[1], "test"));
    }
    Settings settings = Settings.of(config);
    settings.lay(over);
    return settings.config();
  }
}
