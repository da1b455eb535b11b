package dev.elbo.checkpoint;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What the operating system said about a file, in plain words and with a way out. */
public final class FileProblem {

  private FileProblem() {}

  /**
   * {@code <file>: <what>: <reason>; <way out>}. A caller that knows more may add to the way out.
   *
   * @param file a path, or how the thing is called
   * @param what such as {@code could not be written}
   */
  public static InputException of(Object file, String what, IOException cause) {
    String reason = reason(cause);
    return new InputException(file + ": " + what + ": " + reason + "; " + wayOut(reason), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "something else of that name is there";
    }
    if (cause instanceof FileSystemLoopException) {
      return "it links to itself";
    }
    String text = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
    if (text == null || text.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    // The system's words begin with a capital; the rest may hold names.
    String line = text.lines().findFirst().orElseThrow();
    return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }

  private static String wayOut(String reason) {
    return switch (reason) {
      case "no space left on device", "disk quota exceeded" -> "free some space";
      case "permission denied", "operation not permitted" -> "allow it or choose another place";
      case "no such file or folder", "not a directory", "is a directory" -> "check the path";
      case "read-only file system", "something else of that name is there" ->
          "choose another place";
      default -> "check the disk";
    };
  }
}
