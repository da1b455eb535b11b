package dev.elbo.studio.http;

/** Who may call a route, on top of the checks of Host and Origin that every request passes. */
public enum Access {
  /** Anybody, also where the server has a token: for probes. */
  OPEN,
  /** Who has the server's token, where it has one. */
  API,
  /**
   * The server's own page alone, which knows the page token: whatever starts or stops something.
   */
  PAGE
}
