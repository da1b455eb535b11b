package dev.elbo.studio.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;

/** A request that has passed the guards, read with bounds. */
public final class Request {
  private final Context context;
  private final Route route;
  private final Query query;
  private final Limits limits;

  Request(Context context, Route route, Query query, Limits limits) {
    this.context = context;
    this.route = route;
    this.query = query;
    this.limits = limits;
  }

  /** A parameter of the route's path. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** A parameter of the query that is there once at most. */
  public Optional<String> query(String name) {
    return query.value(name);
  }

  /** A whole number of the query. */
  public long whole(String name, long fallback, long least, long most) {
    Optional<String> text = query(name);
    try {
      long value = text.isEmpty() ? fallback : Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw Problem.badValue(
        name,
        "%s: expected a whole number from %d to %d, found %s"
            .formatted(name, least, most, shown(text.orElse(""))));
  }

  /** A whole number that must be in the query. */
  public long required(String name, long least, long most) {
    if (query(name).isEmpty()) {
      throw Problem.badValue(
          name,
          "%s: expected a whole number from %d to %d in the query, found none"
              .formatted(name, least, most));
    }
    return whole(name, least, least, most);
  }

  /** A finite number of the query. */
  public double number(String name, double fallback, double least, double most) {
    Optional<String> text = query(name);
    try {
      double value = text.isEmpty() ? fallback : Double.parseDouble(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw Problem.badValue(
        name,
        "%s: expected a number from %s to %s, found %s"
            .formatted(name, least, most, shown(text.orElse(""))));
  }

  /** One of some words in the query; the first is what it is where it is left out. */
  public String word(String name, List<String> known) {
    String word = query(name).orElse(known.get(0));
    if (!known.contains(word)) {
      throw Problem.badValue(
          name,
          "%s: expected %s, found %s".formatted(name, String.join(" or ", known), shown(word)));
    }
    return word;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /**
   * The body, whole.
   *
   * @throws Problem 413 where it is larger than the server takes
   */
  public byte[] body() {
    long announced = context.req().getContentLengthLong();
    if (announced > limits.bodyBytes()) {
      throw tooLarge();
    }
    byte[] bytes;
    try {
      InputStream in = context.req().getInputStream();
      // One that tells its length is read into its place; it is checked that all of it came.
      bytes = announced < 0 ? in.readNBytes(limits.bodyBytes() + 1) : new byte[(int) announced];
      if (announced >= 0 && in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw broken(400);
      }
    } catch (HttpException.RuntimeException e) {
      throw broken(e.getCode());
    } catch (IOException e) {
      throw broken(400);
    }
    if (bytes.length > limits.bodyBytes()) {
      throw tooLarge();
    }
    return bytes;
  }

  private static Problem broken(int status) {
    return new Problem(
        status, "body: expected it whole and without long pauses, found it broken off or too slow");
  }

  private Problem tooLarge() {
    return new Problem(
        413, "body: expected at most %d bytes, found more".formatted(limits.bodyBytes()));
  }

  /** The body as a small JSON document. */
  public JsonNode json() {
    requireGiven();
    return Json.parse(body());
  }

  /** What the body is; one of those that the route takes. */
  public MediaType given() {
    return requireGiven();
  }

  private MediaType requireGiven() {
    String header = header("Content-Type").orElse("");
    List<MediaType> takes = route.takes().stream().map(Payload::type).toList();
    return MediaType.of(header)
        .filter(takes::contains)
        .orElseThrow(
            () ->
                new Problem(
                    415,
                    "Content-Type: expected %s, found %s".formatted(names(takes), shown(header))));
  }

  /** What to answer with: of those that the route gives, the one that Accept prefers. */
  public MediaType wanted() {
    List<MediaType> gives = route.gives().stream().map(Payload::type).toList();
    String header = header("Accept").orElse("*/*");
    return Accept.preferred(header, gives)
        .orElseThrow(
            () ->
                new Problem(
                    406, "Accept: expected %s, found %s".formatted(names(gives), shown(header))));
  }

  private static String names(List<MediaType> types) {
    return String.join(" or ", types.stream().map(MediaType::mediaType).toList());
  }

  /** Whatever a client sent, short and in one line of plain characters. */
  public static String shown(String text) {
    int most = 40;
    String start = text.length() > most ? text.substring(0, most) + "…" : text;
    return "\"" + start.replaceAll("[^\\x20-\\x7e…]", "?") + "\"";
  }
}
