package dev.elbo.studio.http;

import java.util.function.BiConsumer;

/** Headers of every answer: a page may load and reach this server alone, nobody may embed it. */
final class ConfiningHeaders {
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
          + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private ConfiningHeaders() {}

  /**
   * @param header takes a name and a value
   */
  static void set(BiConsumer<String, String> header) {
    header.accept("Content-Security-Policy", CONTENT_POLICY);
    header.accept("X-Content-Type-Options", "nosniff");
    header.accept("Referrer-Policy", "no-referrer");
    header.accept("Cross-Origin-Resource-Policy", "same-origin");
    header.accept("Cache-Control", "no-store");
  }
}
