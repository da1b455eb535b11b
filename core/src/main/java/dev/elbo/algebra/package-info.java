/** Small dense matrices in double, row-major: for statistics, not for training. */
package dev.elbo.algebra;
