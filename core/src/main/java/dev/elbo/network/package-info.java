/** Layers: parameters with a way to record them on a tape. Shapes are [rows, in] to [rows, out]. */
package dev.elbo.network;
