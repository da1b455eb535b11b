/**
 * Kernels on arrays of floats, twice: {@link dev.elbo.kernel.PlainKernels} is the specification,
 * {@link dev.elbo.kernel.VectorKernels} does the same arithmetic, bit for bit, on the JDK's Vector
 * API. Nothing here knows of tensors or models.
 *
 * <p>Legend: {@code m, n, k} rows, columns and depth of a product; {@code offset} the index of a
 * first element; {@code stride} the distance between neighbouring rows. Rows of matrices are padded
 * with zeros to a multiple of {@link dev.elbo.kernel.Kernels#LANES} floats.
 *
 * <p>Two orders of addition make the bits independent of the width of the machine's vectors: a
 * product accumulates over its depth one fused multiply-add after another, and a row is summed in
 * 16 lanes (column {@code j} into lane {@code j mod 16}) and then by a fixed tree.
 */
package dev.elbo.kernel;
