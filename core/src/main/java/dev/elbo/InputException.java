package dev.elbo;

/**
 * Something a user gave is wrong: a flag, a file, a configuration. The message is one sentence that
 * names the thing, what was expected, what was found and the way out. The command line prints it as
 * one line and exits with 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
