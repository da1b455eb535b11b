package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts Java as the launcher does: standard error hidden, the real one descriptor 3. */
class StandardErrorTest {
  private static final String VECTOR = "--add-modules jdk.incubator.vector";
  private static final String OPEN = "--add-opens java.base/java.io=ALL-UNNAMED";

  @TempDir Path folder;

  static final class Speaks {
    public static void main(String[] arguments) {
      StandardError.restore();
      System.err.println("first ×");
      System.out.println("out");
      System.err.println("last");
    }
  }

  @Test
  void theProgramIsHeardAndTheIncubatorWarningIsNot() throws IOException {
    assertThat(run(OPEN, "2>&1 >/dev/null")).isEqualTo("first ×\nlast\n");
  }

  @Test
  void inAFileSharedWithStandardOutputTheOrderIsKeptAndNothingIsOverwritten() throws IOException {
    Path file = folder.resolve("log");
    Files.writeString(file, "before\n");

    run(OPEN, ">>" + file + " 2>&1");

    assertThat(file).hasContent("before\nfirst ×\nout\nlast\n");
  }

  @Test
  void aFileGivenToStandardErrorAloneBeginsAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "before\n");

    run(OPEN, ">/dev/null 2>" + file);

    assertThat(file).hasContent("first ×\nlast\n");
  }

  @Test
  void withoutAccessToDescriptorsTheFileIsReopenedAtItsEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "before\n");

    run("", ">/dev/null 2>>" + file);

    assertThat(file).hasContent("before\nfirst ×\nlast\n");
  }

  private static String run(String flags, String redirection) throws IOException {
    String java =
        "exec \"$JAVA\" %s %s -Delbo.stderr=3 -cp \"$CLASSES\" '%s' 3>&2 2>/dev/null"
            .formatted(VECTOR, flags, Speaks.class.getName());
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", "( " + java + " ) " + redirection);
    shell.environment().put("JAVA", ChildJvm.java());
    shell.environment().put("CLASSES", ChildJvm.classPath());
    return ChildJvm.output(shell);
  }
}
