package dev.elbo.studio.http;

import java.util.Optional;

/** A request that is refused: a status and one sentence for whoever sent it. */
public final class Problem extends RuntimeException {
  private final int status;
  private final String field;
  private final int retryAfterSeconds;

  private Problem(int status, String sentence, String field, int retryAfterSeconds) {
    // Without a stack trace: it is an answer, and a flood of them must stay cheap.
    super(sentence, null, false, false);
    this.status = status;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public Problem(int status, String sentence) {
    this(status, sentence, null, 0);
  }

  /** 400: a value that cannot be taken. */
  public static Problem badValue(String field, String sentence) {
    return new Problem(400, sentence, field, 0);
  }

  public static Problem notFound(String sentence) {
    return new Problem(404, sentence);
  }

  public static Problem conflict(String sentence) {
    return new Problem(409, sentence);
  }

  /** 503: more asked at once than the server takes on. */
  public static Problem busy(String sentence) {
    return new Problem(503, sentence, null, 1);
  }

  public int status() {
    return status;
  }

  /** The value that is at fault, such as {@code images[3][17]}. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** Seconds after which to try again, 0 where that would not help. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
