package dev.elbo.bench;

import dev.elbo.bench.peer.Work;
import java.util.Optional;

/**
 * One size, measured.
 *
 * @param torch its fastest setting of at most so many threads
 */
record ScaleRow(
    Size size,
    int threads,
    Series elbo,
    Optional<Series> torch,
    double gigaflops,
    double percentOfPeak) {

  /** The default configuration with one factor changed. */
  record Size(String factor, int value, Work.Step work) {}

  /** Elbo's time as a share of libtorch's. */
  Optional<Double> ratio() {
    return torch.map(series -> elbo.median() / series.median());
  }
}
