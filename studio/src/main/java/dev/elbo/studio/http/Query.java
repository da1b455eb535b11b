package dev.elbo.studio.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a request's query, in its order. */
final class Query {
  private record Pair(String name, String value) {}

  private final List<Pair> pairs = new ArrayList<>();

  /**
   * @param text as it was sent; null where there is none
   * @throws Problem 400 for an escape that is none
   */
  Query(String text) {
    for (String part : text == null ? new String[0] : text.split("&")) {
      String[] halves = part.split("=", 2);
      if (!part.isEmpty()) {
        pairs.add(new Pair(decoded(halves[0]), halves.length == 1 ? "" : decoded(halves[1])));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badValue(
          "query",
          "query: expected escapes of two hexadecimal digits, found %s"
              .formatted(Request.shown(text)));
    }
  }

  /** The value of a parameter that is there once at most. */
  Optional<String> value(String name) {
    List<String> values =
        pairs.stream().filter(pair -> pair.name.equals(name)).map(Pair::value).toList();
    if (values.size() > 1) {
      throw Problem.badValue(
          name, "%s: expected it once, found it %d times".formatted(name, values.size()));
    }
    return values.stream().findFirst();
  }
}
