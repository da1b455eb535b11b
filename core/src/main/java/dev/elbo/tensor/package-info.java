/**
 * Tensors, a tape that differentiates, and addressed noise.
 *
 * <p>Legend of shapes: {@code rows} the images of a batch, {@code columns} what each row holds;
 * {@code in, out} the two sides of a weight. A name with a {@code d} before it is the gradient of
 * the minimised mean with respect to that name.
 */
package dev.elbo.tensor;
