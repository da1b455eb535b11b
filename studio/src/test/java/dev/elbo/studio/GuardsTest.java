package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.studio.http.Access;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.http.Method;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.model.ModelSource;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of the table, and paths that are none, asked as other sites and strangers would. */
@Timeout(120)
class GuardsTest {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static Studio open;
  private static Studio locked;
  private static Wire wire;
  private static Wire lockedWire;

  @BeforeAll
  static void start() {
    open = Studios.start();
    wire = new Wire(open.port());
    locked = Studios.start(Limits.DEFAULT, Optional.of(Studios.TOKEN), ModelSource.pretrained());
    lockedWire = new Wire(locked.port());
  }

  @AfterAll
  static void stop() {
    open.close();
    locked.close();
  }

  static Stream<Route> routes() {
    return open.routes().stream();
  }

  private static Wire.Ask ask(Wire to, Route route) {
    return to.ask(route.method().name(), path(route));
  }

  /** A path of the route that exists as far as it can. */
  static String path(Route route) {
    return route.path().replace("{id}", "default").replaceAll("\\{[a-z]+}", "1");
  }

  @Test
  void theTableHasTheRoutesOfTheApi() {
    assertThat(open.routes().stream().map(route -> route.method() + " " + route.path()))
        .contains(
            "GET /",
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
            "GET /api/v1/openapi.json",
            "GET /api/v1/models",
            "GET /api/v1/models/{id}",
            "GET /api/v1/models/{id}/sample",
            "GET /api/v1/models/{id}/weights",
            "GET /api/v1/models/{id}/digits",
            "GET /api/v1/models/{id}/codes",
            "POST /api/v1/models/{id}/encode",
            "POST /api/v1/models/{id}/decode",
            "POST /api/v1/models/{id}/reconstruct",
            "POST /api/v1/models/{id}/score",
            "POST /api/v1/models/{id}/inspect")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aForeignHostIsRefused(Route route) {
    String port = ":" + open.port();
    for (String host :
        List.of(
            "evil.example" + port,
            "localhost.evil.example" + port,
            "localhost:1",
            "127.0.0.1.nip.example" + port,
            "localhost",
            "0.0.0.0" + port)) {
      Wire.Reply reply = ask(wire, route).header("Host", host).send();

      assertThat(reply.status()).as(host).isEqualTo(403);
      assertThat(reply.error()).startsWith("Host: expected this server's own name, found \"");
    }
    for (String own : List.of("localhost" + port, "127.0.0.1" + port, "[::1]" + port)) {
      assertThat(ask(wire, route).header("Host", own).send().error())
          .as(own)
          .doesNotStartWith("Host:");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aForeignOriginIsRefused(Route route) {
    String own = "localhost:" + open.port();
    for (String origin :
        List.of(
            "http://evil.example",
            "null",
            "https://" + own,
            "http://" + own + ".evil.example",
            "http://localhost:1",
            "http://127.0.0.1:" + open.port())) {
      Wire.Reply reply = ask(wire, route).header("Origin", origin).send();

      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertThat(reply.error()).startsWith("Origin: expected this server's own page, found \"");
      assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
    }
    assertThat(ask(wire, route).header("Origin", "http://" + own).send().error())
        .doesNotStartWith("Origin:");
  }

  /** An image of another site bears no Origin. */
  @ParameterizedTest
  @MethodSource("routes")
  void whatABrowserAsksForAnotherSiteIsRefused(Route route) {
    for (String site : List.of("cross-site", "same-site")) {
      Wire.Reply reply = ask(wire, route).header("Sec-Fetch-Site", site).send();

      assertThat(reply.status()).as(site).isEqualTo(403);
      assertThat(reply.error())
          .startsWith("Sec-Fetch-Site: expected this server's own page, found \"");
    }
    for (String site : List.of("same-origin", "none")) {
      assertThat(ask(wire, route).header("Sec-Fetch-Site", site).send().error())
          .doesNotStartWith("Sec-Fetch-Site:");
    }
    Wire.Reply followed =
        ask(wire, route)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Sec-Fetch-Mode", "navigate")
            .send();
    assertThat(followed.status() == 200).isEqualTo(route.path().equals("/"));
  }

  /** Who listens everywhere is called by each of its addresses, and by no other name. */
  @Test
  void aServerOnEveryAddressKnowsItsNames() throws Exception {
    Guards guards = new Guards("0.0.0.0", Optional.of(Studios.TOKEN), "page");
    String own = InetAddress.getLoopbackAddress().getHostAddress();
    assertThat(guards.names()).contains(own).doesNotContain("0.0.0.0");
    assertThat(new Guards("192.168.1.7", Optional.empty(), "page").names())
        .containsExactly("192.168.1.7");
    assertThat(new Guards("fd00::7", Optional.empty(), "page").names())
        .containsExactly("[fd00::7]");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void otherMethodsAreRefused(Route route) {
    List<String> own =
        open.routes().stream()
            .filter(other -> path(other).equals(path(route)))
            .map(other -> other.method().name())
            .toList();
    for (String method : METHODS) {
      if (!own.contains(method)) {
        Wire.Reply reply = wire.ask(method, path(route)).send();

        assertThat(reply.status()).as(method).isIn(400, 405);
        assertThat(reply.error()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whoeverLacksTheTokenIsRefusedUnlessItIsAProbe(Route route) {
    boolean isProbe = route.access() == Access.OPEN;
    for (String given :
        new String[] {
          null,
          "Bearer wrong",
          "Bearer " + Studios.TOKEN + "x",
          "Basic " + Studios.TOKEN,
          Studios.TOKEN,
          "Bearer"
        }) {
      Wire.Reply reply = ask(lockedWire, route).header("Authorization", given).send();

      if (isProbe) {
        assertThat(reply.status()).isIn(200, 503);
      } else {
        assertThat(reply.status()).as(given).isEqualTo(401);
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer");
      }
    }
    assertThat(
            ask(lockedWire, route)
                .header("Authorization", "Bearer " + Studios.TOKEN)
                .send()
                .status())
        .isNotEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatStartsOrStopsSomethingNeedsTheTokenOfThePage(Route route) {
    boolean isOfThePage = route.access() == Access.PAGE;
    for (String given : new String[] {null, "", "wrong"}) {
      Wire.Reply reply = ask(wire, route).header("X-Elbo-Token", given).send();

      assertThat(reply.error().startsWith("X-Elbo-Token:")).isEqualTo(isOfThePage);
      assertThat(reply.status() == 403).isEqualTo(isOfThePage);
    }
  }

  @Test
  void onlyInferenceMayBePostedWithoutTheTokenOfThePage() {
    assertThat(open.routes())
        .filteredOn(route -> route.method() == Method.POST && route.access() != Access.PAGE)
        .extracting(Route::path)
        .allMatch(path -> path.matches(".*/(encode|decode|reconstruct|score|inspect)"));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyAnswerHasTheHeadersThatConfineAPage(Route route) {
    confined(ask(wire, route).send());
    confined(ask(wire, route).header("Host", "evil.example").send());
    confined(ask(lockedWire, route).send());
  }

  @Test
  void alsoWhereThereIsNoRoute() {
    for (String path : List.of("/nothing", "/api/v1/models/default/../x", "/js/", "/api/v1/")) {
      Wire.Reply reply = wire.get(path).send();
      assertThat(reply.status()).isIn(400, 404);
      confined(reply);
      assertThat(wire.get(path).header("Host", "evil.example").send().status()).isIn(400, 403);
    }
  }

  private static void confined(Wire.Reply reply) {
    assertThat(reply.headers())
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cache-control", "no-store")
        .containsEntry("cross-origin-resource-policy", "same-origin")
        .containsEntry(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'")
        .doesNotContainKeys("server", "date", "access-control-allow-origin");
  }

  @Test
  void theTokenInTheAddressBecomesACookieThatScriptsCannotRead() {
    Wire.Reply reply = lockedWire.get("/?token=" + Studios.TOKEN).send();

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.headers()).containsEntry("location", "/");
    String cookie = reply.headers().get("set-cookie");
    assertThat(cookie)
        .matches("elbo_token=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/")
        .doesNotContain(Studios.TOKEN);
    String pair = cookie.split(";")[0];
    assertThat(lockedWire.get("/").header("Cookie", pair).send().status()).isEqualTo(200);
    assertThat(lockedWire.get("/api/v1/models").header("Cookie", pair).send().status())
        .isEqualTo(200);
    assertThat(lockedWire.get("/").header("Cookie", pair + "0").send().status()).isEqualTo(401);
    assertThat(lockedWire.get("/?token=wrong").send().status()).isEqualTo(401);
    assertThat(lockedWire.get("/api/v1/models?token=" + Studios.TOKEN).send().status())
        .isEqualTo(401);
  }

  @Test
  void thePageBearsATokenThatIsNewAtEachStart() {
    String page = wire.get("/").send().text();
    String other =
        lockedWire.get("/").header("Authorization", "Bearer " + Studios.TOKEN).send().text();

    assertThat(page).containsPattern("<meta name=\"elbo-token\" content=\"[0-9a-f]{48}\">");
    assertThat(page).isNotEqualTo(other);
  }
}
