package dev.elbo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The peers of a run; all end with it. */
final class Crew implements AutoCloseable {
  private final Consumer<String> say;
  private final List<Peer> peers = new ArrayList<>();

  /**
   * @param say takes a line for each peer that starts
   */
  Crew(Consumer<String> say) {
    this.say = say;
  }

  Peer add(PeerPlan plan) {
    say.accept("starting " + plan.name());
    Peer peer = Peer.start(plan);
    peers.add(peer);
    return peer;
  }

  List<Peer> peers() {
    return List.copyOf(peers);
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
  }
}
