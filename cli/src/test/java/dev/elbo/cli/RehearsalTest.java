package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @TempDir Path folder;

  @Test
  void itTrainsAndGeneratesInTheFolderItIsGiven() throws IOException {
    PrintStream before = System.out;
    try {
      Rehearsal.main(new String[] {folder.toString()});
    } finally {
      System.setOut(before);
    }

    assertThat(folder.resolve("generated.png")).isNotEmptyFile();
    assertThat(folder.resolve("run/model.safetensors")).isNotEmptyFile();
  }
}
