/**
 * Distributions over rows of a tape, with the letters of the papers: {@code x} data, {@code z}
 * latent, {@code mu} and {@code logVar} mean and log-variance, {@code q} and {@code p} approximate
 * posterior and model. Log-probabilities and divergences are nats, one number a row.
 */
package dev.elbo.distribution;
