package dev.elbo.studio.http;

/**
 * A body that a route takes or gives.
 *
 * @param type its media type
 * @param schema the name of its JSON schema in the API's document; empty for bytes
 */
public record Payload(MediaType type, String schema) {
  public static Payload json(String schema) {
    return new Payload(MediaType.JSON, schema);
  }

  /** Little-endian float32, or what the route's summary says. */
  public static Payload floats() {
    return new Payload(MediaType.FLOATS, "");
  }

  public static Payload png() {
    return new Payload(MediaType.PNG, "");
  }
}
