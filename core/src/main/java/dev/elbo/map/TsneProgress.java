package dev.elbo.map;

/** Watches a t-SNE, and may end it. */
@FunctionalInterface
public interface TsneProgress {
  /** How many iterations lie between two figures of the divergence. */
  int FIGURE_EVERY = 50;

  /**
   * Called before the first iteration and after each.
   *
   * @param divergence KL(P‖Q) in nats as last computed; NaN before
   * @return whether to go on
   */
  boolean goesOn(int iteration, int iterations, double divergence);
}
