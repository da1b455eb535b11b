package dev.elbo.cli;

import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * The real standard error. The launcher starts Java with descriptor 2 hidden, because the JVM warns
 * there of its incubating Vector API and no flag stops it, and passes the real one as the
 * descriptor that the property {@code elbo.stderr} names.
 */
final class StandardError {
  private StandardError() {}

  /** The first statement of {@code main}; without the launcher it changes nothing. */
  static void restore() {
    String descriptor = System.getProperty("elbo.stderr");
    if (descriptor != null) {
      System.setErr(new PrintStream(open(descriptor), true, StandardCharsets.UTF_8));
    }
  }

  /**
   * Takes up the descriptor itself, for which the launcher opens java.io: opening /dev/fd/3 instead
   * fails on a socket or another user's terminal, and loses the shared position in a file. That is
   * only the way out on a JDK without the constructor.
   */
  private static FileOutputStream open(String descriptor) {
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      return new FileOutputStream(constructor.newInstance(Integer.parseInt(descriptor)));
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      return reopen(descriptor);
    }
  }

  private static FileOutputStream reopen(String descriptor) {
    try {
      return new FileOutputStream("/dev/fd/" + descriptor, true);
    } catch (FileNotFoundException absent) {
      return new FileOutputStream(FileDescriptor.err);
    }
  }
}
