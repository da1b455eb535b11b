package dev.elbo.studio.http;

/**
 * What the server takes on at most.
 *
 * @param bodyBytes of a request
 * @param bodiesBytes of all requests under way together; more are answered 503
 * @param connections at once; more wait in the system's queue
 * @param threads that answer requests
 * @param idleMillis after which a client that neither sends nor takes is let go
 * @param leastBytesPerSecond of a body that is sent
 * @param drainMillis that requests under way have to end when the server stops
 */
public record Limits(
    int bodyBytes,
    long bodiesBytes,
    int connections,
    int threads,
    long idleMillis,
    long leastBytesPerSecond,
    long drainMillis) {
  public static final Limits DEFAULT =
      new Limits(16 << 20, 128L << 20, 512, 200, 30_000, 1_000, 10_000);
}
