package dev.elbo.studio.http;

/** The methods that routes have; HEAD comes with GET. */
public enum Method {
  GET,
  POST
}
