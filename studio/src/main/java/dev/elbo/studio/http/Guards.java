package dev.elbo.studio.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a request may be heard. A page of another site must neither read nor start anything: its
 * requests bear a foreign Origin, or, after DNS rebinding, a foreign Host.
 *
 * @param host the name or address that the server was given
 * @param names by which clients may call it, beside those of loopback; in lower case
 * @param token that every client must have, where there is one
 * @param pageToken that the page is served with; new at each start
 */
public record Guards(String host, List<String> names, Optional<String> token, String pageToken) {
  /** The cookie by which the page bears the server's token. */
  static final String COOKIE = "elbo_token";

  private static final int TOKEN_BYTES = 24;
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "Bearer ";

  public Guards(String host, Optional<String> token, String pageToken) {
    this(host, OwnNames.of(host), token, pageToken);
  }

  public static Guards of(String host, Optional<String> token) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return new Guards(host, token, HexFormat.of().formatHex(random));
  }

  /** Whether an address is reached from this machine alone. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT))
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  /**
   * Checks that hold for every request, of a route or of none.
   *
   * @param ownPort the port that the server listens on
   */
  void checkSource(Optional<String> hostHeader, Optional<String> origin, int ownPort) {
    String given = hostHeader.orElse("");
    if (!isOwn(given, ownPort)) {
      throw new Problem(
          403,
          "Host: expected this server's own name, found %s; open it by the address it printed"
              .formatted(Request.shown(given)));
    }
    if (origin.isPresent() && !origin.get().equals("http://" + given)) {
      throw new Problem(
          403,
          "Origin: expected this server's own page, found %s; other sites may not use it"
              .formatted(Request.shown(origin.get())));
    }
  }

  private boolean isOwn(String header, int ownPort) {
    String lower = header.toLowerCase(Locale.ROOT);
    String suffix = ":" + ownPort;
    boolean isPlainHttp = ownPort == 80 && !lower.endsWith(suffix);
    if (!lower.endsWith(suffix) && !isPlainHttp) {
      return false;
    }
    String name = isPlainHttp ? lower : lower.substring(0, lower.length() - suffix.length());
    return LOOPBACK.contains(name) || names.contains(name);
  }

  /**
   * An image or a frame of another site sends no Origin, but browsers say of which site it is.
   *
   * @param site the header Sec-Fetch-Site, which no script can set
   * @param opensPage whether a person follows a link to the page itself
   */
  void checkSite(Optional<String> site, boolean opensPage) {
    boolean own = site.isEmpty() || site.get().equals("same-origin") || site.get().equals("none");
    if (!own && !opensPage) {
      throw new Problem(
          403,
          "Sec-Fetch-Site: expected this server's own page, found %s; other sites may not use it"
              .formatted(Request.shown(site.get())));
    }
  }

  /**
   * @param authorization the header
   * @param cookie that the page got in exchange for the token
   */
  void checkToken(Access access, Optional<String> authorization, Optional<String> cookie) {
    if (access == Access.OPEN || token.isEmpty()) {
      return;
    }
    boolean hasHeader =
        authorization.isPresent()
            && authorization.get().startsWith(BEARER)
            && isToken(authorization.get().substring(BEARER.length()));
    if (!hasHeader && !(cookie.isPresent() && isSame(cookie.get(), cookieValue()))) {
      throw new Problem(
          401, "Authorization: expected \"Bearer\" and the server's token, found none or another");
    }
  }

  /** Whether it is the server's token, where there is one. */
  boolean isToken(String given) {
    return token.isPresent() && isSame(given, token.get());
  }

  /** The header that gives the page its cookie; scripts cannot read it, other sites not send it. */
  String setCookie() {
    return COOKIE + "=" + cookieValue() + "; HttpOnly; SameSite=Strict; Path=/";
  }

  /** A digest of both tokens: it tells neither, and ends with the server. */
  private String cookieValue() {
    return Digests.sha256(token.orElse("") + pageToken);
  }

  void checkPage(Access access, Optional<String> header) {
    if (access == Access.PAGE && !(header.isPresent() && isSame(header.get(), pageToken))) {
      throw new Problem(
          403,
          "X-Elbo-Token: expected the token of the page, found none or another; reload the page");
    }
  }

  /** In a time that does not tell how much of it is right. */
  static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
