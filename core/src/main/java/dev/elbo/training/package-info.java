/**
 * Training: the loop, Adam, the run directory, and resuming to the same bits. Everything
 * probabilistic is in nats per image.
 */
package dev.elbo.training;
