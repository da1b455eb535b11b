package dev.elbo.tensor;

import java.util.List;

/**
 * One recorded operation. Ranges are rows of its output, and independent of each other, so that any
 * worker may do any of them; {@code from} is a multiple of the kernels' tile. Only an {@link
 * AcrossRows} reads further rows.
 */
interface Operation {
  List<Tensor> inputs();

  Tensor output();

  /**
   * @param learning whether {@link #backward} will follow
   */
  void forward(int from, int to, boolean learning);

  /** Whether a range must not part the rows of an image. */
  default boolean takesWholeImages() {
    return false;
  }

  /** Turns the gradient of the output into gradients of the inputs that want one. */
  void backward(int from, int to);

  /**
   * Called once when gradients are wanted.
   *
   * @param adds per input, whether its gradient already holds that of a later operation and must be
   *     added to, rather than set
   */
  void wantGradients(boolean[] adds);
}
