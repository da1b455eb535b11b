package dev.elbo.studio.http;

import java.util.List;

/**
 * A line of the table of routes. Everything that must hold for all routes (guards, the document of
 * the API, the tests of both) is made from that table, so that none can be forgotten.
 *
 * @param path with parameters in braces, as {@code /api/v1/models/{id}}
 * @param summary one line for the API's document
 * @param parameters of the query
 * @param takes the bodies it takes, if any, one of which a request must have
 * @param gives what it answers with; by Accept, the first one by default
 */
public record Route(
    Method method,
    String path,
    Access access,
    String summary,
    List<Parameter> parameters,
    List<Payload> takes,
    List<Payload> gives,
    Handler handler) {

  public Route {
    parameters = List.copyOf(parameters);
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  public static Route get(String path, String summary, Handler handler) {
    return new Route(
        Method.GET, path, Access.API, summary, List.of(), List.of(), List.of(), handler);
  }

  public static Route post(String path, String summary, Handler handler) {
    return new Route(
        Method.POST, path, Access.API, summary, List.of(), List.of(), List.of(), handler);
  }

  /** The same route for others than who has the server's token. */
  public Route access(Access other) {
    return new Route(method, path, other, summary, parameters, takes, gives, handler);
  }

  public Route parameters(Parameter... of) {
    return new Route(method, path, access, summary, List.of(of), takes, gives, handler);
  }

  public Route takes(Payload... bodies) {
    return new Route(method, path, access, summary, parameters, List.of(bodies), gives, handler);
  }

  public Route gives(Payload... bodies) {
    return new Route(method, path, access, summary, parameters, takes, List.of(bodies), handler);
  }
}
