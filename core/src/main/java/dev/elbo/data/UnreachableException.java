package dev.elbo.data;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** No mirror gave the file. Not the user's mistake, so a caller may fall back on something else. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A file's address at a mirror and why it was not had from there. */
  public record Attempt(URI address, String reason) {}

  private final transient List<Attempt> attempts;

  public UnreachableException(List<Attempt> attempts) {
    super(
        attempts.stream()
            .map(attempt -> attempt.address() + " (" + attempt.reason() + ")")
            .collect(Collectors.joining(", ")));
    this.attempts = List.copyOf(attempts);
  }

  /** In the order tried. */
  public List<Attempt> attempts() {
    return attempts;
  }
}
