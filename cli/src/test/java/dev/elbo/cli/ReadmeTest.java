package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.model.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void theTableOfFlagsHasEveryKey() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    for (ConfigKey key : ConfigKey.values()) {
      String flag = key.flag().map(name -> "`--" + name + "`").orElse("");
      assertThat(readme).contains("| " + (flag.isEmpty() ? "" : flag + " ") + "| `" + key.key());
    }
  }
}
