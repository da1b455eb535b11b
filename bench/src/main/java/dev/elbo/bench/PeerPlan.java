package dev.elbo.bench;

import java.util.List;
import java.util.Map;

/**
 * How a peer is started.
 *
 * @param name for people: {@code Elbo, JDK 25}, {@code libtorch 2×1}
 * @param threads the most that it computes with
 */
record PeerPlan(
    Kind kind, String name, int threads, List<String> command, Map<String, String> environment) {
  /** Whose engine it is. */
  enum Kind {
    ELBO,
    LIBTORCH,
    DL4J
  }

  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    // Set for an old OpenBLAS, these slow a current one down.
    variables.remove("OPENBLAS_CORETYPE");
    variables.remove("OPENBLAS_L2_SIZE");
    variables.putAll(environment);
    return builder;
  }
}
