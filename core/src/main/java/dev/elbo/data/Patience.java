package dev.elbo.data;

import java.time.Duration;

/**
 * How long a download may take.
 *
 * @param connect to reach one mirror
 * @param stall without a single byte from one mirror, before its answer or amid it
 * @param file for one file from one mirror, however steadily it trickles
 * @param silence without a byte of a file from any mirror: after that no other is tried. A slow
 *     transfer that goes on is not silence.
 */
public record Patience(Duration connect, Duration stall, Duration file, Duration silence) {

  /** For data that a user asked for by name. */
  public static final Patience ASKED =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofMinutes(30),
          Duration.ofSeconds(90));

  /** For data that nobody asked for by name: 15 seconds for all mirrors together to answer. */
  public static final Patience UNASKED =
      new Patience(
          Duration.ofMillis(3500),
          Duration.ofSeconds(5),
          Duration.ofMinutes(30),
          Duration.ofSeconds(15));
}
