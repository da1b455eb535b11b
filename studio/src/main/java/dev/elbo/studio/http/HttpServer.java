package dev.elbo.studio.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The table of routes behind a port: every request passes the guards first. */
public final class HttpServer implements AutoCloseable {
  private static final int HTTP_PORT = 80;

  private final Guards guards;
  private final Limits limits;
  private final RequestMetrics metrics;

  /** Kilobytes of bodies that may still come at once. */
  private final Semaphore bodies;

  private final Javalin javalin;

  private HttpServer(
      Guards guards,
      Limits limits,
      RequestMetrics metrics,
      Listening connector,
      List<Route> routes) {
    this.guards = guards;
    this.limits = limits;
    this.metrics = metrics;
    this.bodies = new Semaphore((int) (limits.bodiesBytes() >> 10));
    this.javalin = Javalin.create(config -> configure(config, connector, routes));
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @throws InputException where the port cannot be had
   */
  public static HttpServer start(
      Guards guards, Limits limits, RequestMetrics metrics, int port, List<Route> routes) {
    Listening connector = (server, http) -> connector(guards, limits, server, http, port);
    HttpServer server = new HttpServer(guards, limits, metrics, connector, routes);
    try {
      server.javalin.start();
    } catch (JavalinBindException e) {
      throw new InputException(
          "--port: expected a free port, found %d in use or not allowed; give another, or 0 for any"
              .formatted(port),
          e);
    }
    return server;
  }

  public int port() {
    return javalin.port();
  }

  /** Makes what requests come by. */
  private interface Listening {
    Connector of(Server server, HttpConfiguration http);
  }

  /**
   * Answers one request that comes from nowhere, without listening: afterwards the classes are
   * there and linked. For a thread of its own, while something else is read before the start.
   */
  public static void rehearse() {
    try {
      rehearsal();
    } catch (Exception e) {
      // Nobody waits for it: whatever is wrong, the server itself will meet and tell.
    }
  }

  /** The answer. */
  static String rehearsal() throws Exception {
    LocalConnector[] local = new LocalConnector[1];
    Listening connector =
        (server, http) -> local[0] = new LocalConnector(server, new HttpConnectionFactory(http));
    Route route = Route.get("/", "", request -> Answer.text(MediaType.TEXT, "ok"));
    Guards guards = Guards.of("localhost", Optional.empty());
    RequestMetrics metrics = new RequestMetrics();
    try (HttpServer server =
        new HttpServer(guards, Limits.DEFAULT, metrics, connector, List.of(route))) {
      server.javalin.start();
      return local[0].getResponse("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }
  }

  private void configure(JavalinConfig config, Listening connector, List<Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = limits.bodyBytes();
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(this::modify);
    config.jetty.modifyHttpConfiguration(this::modify);
    config.jetty.addConnector(connector::of);
    config.routes.before(this::admit);
    for (Route route : routes) {
      HandlerType type = HandlerType.findOrCreate(route.method().name());
      config.routes.addHttpHandler(type, route.path(), context -> serve(context, route));
    }
    config.routes.after(context -> metrics.ended(context.statusCode()));
    config.routes.exception(Problem.class, (problem, context) -> refuse(context, problem));
    config.routes.exception(HttpResponseException.class, HttpServer::refuseByRouter);
    config.routes.exception(Exception.class, HttpServer::fail);
  }

  private QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(limits.threads());
    pool.setName("elbo-http");
    pool.setDaemon(true);
    return pool;
  }

  private void modify(Server server) {
    server.setHandler(new GracefulHandler());
    server.setStopTimeout(limits.drainMillis());
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setErrorHandler(new PlainErrors());
  }

  private void modify(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setMinRequestDataRate(limits.leastBytesPerSecond());
  }

  private static ServerConnector connector(
      Guards guards, Limits limits, Server server, HttpConfiguration http, int port) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(guards.host());
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleMillis());
    return connector;
  }

  /** Before any route, and where there is none. */
  private void admit(Context context) {
    ConfiningHeaders.set(context::header);
    int local = context.req().getLocalPort();
    guards.checkSource(
        Optional.ofNullable(context.header("Host")),
        Optional.ofNullable(context.header("Origin")),
        // A request that came over no network has no port, and is taken for one to HTTP's own.
        local > 0 ? local : HTTP_PORT);
    boolean opensPage =
        context.path().equals("/")
            && context.method() == HandlerType.GET
            && "navigate".equals(context.header("Sec-Fetch-Mode"));
    guards.checkSite(Optional.ofNullable(context.header("Sec-Fetch-Site")), opensPage);
  }

  private void serve(Context context, Route route) throws IOException {
    long begun = System.nanoTime();
    Query query = new Query(context.queryString());
    if (route.path().equals("/") && guards.isToken(query.value("token").orElse(""))) {
      // Exchanged for a cookie, so that the token does not stay in the address.
      context.header("Set-Cookie", guards.setCookie());
      context.header("Location", "/");
      context.status(HttpStatus.SEE_OTHER);
      return;
    }
    guards.checkToken(
        route.access(),
        Optional.ofNullable(context.header("Authorization")),
        Optional.ofNullable(context.cookie(Guards.COOKIE)));
    guards.checkPage(route.access(), Optional.ofNullable(context.header("X-Elbo-Token")));
    int kilobytes = kilobytes(context);
    if (!bodies.tryAcquire(kilobytes)) {
      throw Problem.busy(
          "bodies: expected at most %d MB under way, found as many; try again"
              .formatted(limits.bodiesBytes() >> 20));
    }
    Answer answer;
    try {
      answer = route.handler().answer(new Request(context, route, query, limits));
    } finally {
      bodies.release(kilobytes);
    }
    if (answer.body() instanceof Answer.Whole) {
      metrics.answered(route, System.nanoTime() - begun);
    }
    send(context, answer);
  }

  /** What a request's body may take; without a length, all that any may. */
  private int kilobytes(Context context) {
    if (context.method() != HandlerType.POST) {
      return 0;
    }
    long length = context.req().getContentLengthLong();
    long most = limits.bodyBytes();
    return (int) ((length < 0 ? most : Math.min(length, most)) + 1023 >> 10);
  }

  private static void send(Context context, Answer answer) throws IOException {
    context.status(answer.status());
    context.contentType(answer.type().header());
    answer.headers().forEach(context::header);
    if (answer.body() instanceof Answer.Whole whole) {
      context.res().setContentLength(whole.bytes().length);
      context.result(whole.bytes());
    } else if (answer.body() instanceof Answer.Streamed streamed) {
      try {
        streamed.writer().writeTo(context.res().getOutputStream());
      } catch (IOException clientLeft) {
        // The end of most streams.
      }
    }
  }

  private static void refuse(Context context, Problem problem) {
    ObjectNode error = Json.object().put("error", problem.getMessage());
    problem.field().ifPresent(field -> error.put("field", field));
    if (problem.retryAfterSeconds() > 0) {
      context.header("Retry-After", String.valueOf(problem.retryAfterSeconds()));
    }
    if (problem.status() == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(problem.status());
    context.contentType(MediaType.JSON.header());
    context.result(Json.bytes(error));
  }

  private static void refuseByRouter(HttpResponseException e, Context context) {
    String sentence =
        switch (e.getStatus()) {
          case 404 ->
              "path: expected one of the API's, found another; /api/v1/openapi.json lists them";
          case 405 ->
              "method: expected the path's own, found another; /api/v1/openapi.json lists them";
          case 413 -> "body: expected fewer bytes, found too many";
          default -> "request: expected one of HTTP/1.1, found one that cannot be taken";
        };
    if (e.getStatus() == 405) {
      String allowed = e.getDetails().getOrDefault("availableMethods", "");
      context.header("Allow", allowed);
    }
    refuse(context, new Problem(e.getStatus(), sentence));
  }

  /** A fault of ours; what it was is told on standard error and never to the client. */
  private static void fail(Exception e, Context context) {
    e.printStackTrace();
    refuse(context, new Problem(500, "server: an error of Elbo's own, told where it was started"));
  }

  /** Takes no more requests and waits for those under way. */
  @Override
  public void close() {
    javalin.stop();
  }
}
