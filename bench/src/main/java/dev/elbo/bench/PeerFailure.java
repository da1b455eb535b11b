package dev.elbo.bench;

/** A peer that cannot do what it was asked. */
final class PeerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerFailure(String message) {
    super(message);
  }
}
