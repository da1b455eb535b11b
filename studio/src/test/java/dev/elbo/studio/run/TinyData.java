package dev.elbo.studio.run;

import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Images so few that an epoch takes a millisecond. */
final class TinyData {
  static final int SIDE = 6;
  static final DataSet SET =
      new DataSet("tiny", images(96, 1), images(32, 2), "0".repeat(64), "a test");

  private TinyData() {}

  private static Images images(int count, int step) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * step % 7 < 3 ? 0 : 255 - i % 50);
    }
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  static Config config(int epochs, int latent) {
    Map<ConfigKey, Settings.Entry> values = new EnumMap<>(ConfigKey.class);
    put(values, ConfigKey.INPUT_SIZE, SIDE * SIDE);
    put(values, ConfigKey.HIDDEN_SIZE, 8);
    put(values, ConfigKey.LATENT_SIZE, latent);
    put(values, ConfigKey.BATCH_SIZE, 16);
    put(values, ConfigKey.NUM_EPOCHS, epochs);
    Settings settings = Settings.defaults();
    settings.lay(values);
    return settings.config().withDataset("tiny");
  }

  private static void put(Map<ConfigKey, Settings.Entry> values, ConfigKey key, int value) {
    values.put(key, new Settings.Entry(String.valueOf(value), "a test"));
  }
}
