package dev.elbo.studio.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The choice that a header Accept makes (RFC 9110, 12.5.1). */
final class Accept {
  private Accept() {}

  /** The type with the highest quality; of equals, the first offered. */
  static Optional<MediaType> preferred(String header, List<MediaType> offered) {
    MediaType best = null;
    double bestQuality = 0;
    for (MediaType type : offered) {
      double quality = quality(header, type);
      if (quality > bestQuality) {
        best = type;
        bestQuality = quality;
      }
    }
    return Optional.ofNullable(best);
  }

  /** That of the most specific range that takes the type; 0 where none does. */
  private static double quality(String header, MediaType type) {
    String name = type.mediaType();
    String anyOfKind = name.substring(0, name.indexOf('/')) + "/*";
    double quality = 0;
    int closest = -1;
    for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";");
      String wanted = parts[0].strip();
      int closeness =
          wanted.equals(name) ? 2 : wanted.equals(anyOfKind) ? 1 : wanted.equals("*/*") ? 0 : -1;
      if (closeness > closest) {
        closest = closeness;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        try {
          return Math.min(1, Double.parseDouble(part.substring(2)));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
