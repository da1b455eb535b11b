package dev.elbo.bench;

import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures peers in turn, lap by lap, so that a busy neighbour or a warm processor meets them all.
 *
 * @param warmUpMillis of each peer before the first lap that counts
 * @param steps of a lap
 * @param limitMillis after which a lap ends early: a setting that is forty times slower must not
 *     make the run forty times longer
 */
record Interleaving(int rounds, int steps, long warmUpMillis, long limitMillis) {

  /**
   * @param betweenRounds what else is measured meanwhile
   */
  List<Series> measure(List<Peer> peers, Work work, Runnable betweenRounds) {
    for (Peer peer : peers) {
      peer.prepare(work);
      peer.run(Integer.MAX_VALUE, warmUpMillis);
    }
    List<List<Lap>> laps = new ArrayList<>();
    peers.forEach(peer -> laps.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      betweenRounds.run();
      for (int i = 0; i < peers.size(); i++) {
        int turn = (i + round) % peers.size();
        laps.get(turn).add(peers.get(turn).run(steps, limitMillis));
      }
    }
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      series.add(new Series(peers.get(i).plan(), laps.get(i)));
    }
    return series;
  }

  /** The one with the least median of a kind, among those of at most so many threads. */
  static Optional<Series> fastest(List<Series> all, PeerPlan.Kind kind, int threads) {
    Series best = null;
    for (Series series : all) {
      if (series.plan().kind() == kind
          && series.plan().threads() <= threads
          && (best == null || series.median() < best.median())) {
        best = series;
      }
    }
    return Optional.ofNullable(best);
  }
}
