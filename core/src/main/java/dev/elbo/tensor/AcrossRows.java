package dev.elbo.tensor;

/**
 * An operation that reads every row of some of its inputs: a mean over the batch, a density under
 * components. These must be complete before it begins, and what it gives back to them waits until
 * all rows of its output's gradient are there.
 */
interface AcrossRows extends Operation {
  /** Whether it reads all rows of this input, by its place in {@link #inputs}. */
  boolean readsAllRowsOf(int input);

  /** A replay of a batch of so many images begins. */
  void begin(int images);

  /**
   * Turns the gradient of the output into gradients of rows [from, to) of those inputs; they have
   * one axis in common.
   */
  void backwardAcross(int from, int to);
}
