package dev.elbo.studio.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of bodies. */
public enum MediaType {
  JSON("application/json", "application/json"),
  FLOATS("application/octet-stream", "application/octet-stream"),
  PNG("image/png", "image/png"),
  TEXT("text/plain", "text/plain; charset=utf-8"),
  METRICS("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
  EVENTS("text/event-stream", "text/event-stream"),
  HTML("text/html", "text/html; charset=utf-8"),
  CSS("text/css", "text/css; charset=utf-8"),
  SCRIPT("text/javascript", "text/javascript; charset=utf-8"),
  SVG("image/svg+xml", "image/svg+xml"),
  FONT("font/woff2", "font/woff2");

  private final String name;
  private final String header;

  MediaType(String name, String header) {
    this.name = name;
    this.header = header;
  }

  /** Without parameters. */
  public String mediaType() {
    return name;
  }

  /** The value of Content-Type. */
  public String header() {
    return header;
  }

  /** The type of a Content-Type, whose parameters are passed over. */
  static Optional<MediaType> of(String contentType) {
    String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(type -> type.name.equals(bare)).findFirst();
  }
}
