package dev.elbo.evaluation;

/**
 * What a model reaches on a set of images, and what its latent dimensions carry.
 *
 * @param klPerDimension mean of KL(q(zⱼ|x) ‖ N(0, 1)) of the first stochastic layer, nats per
 *     image, [latent]
 */
public record DetailedFigures(TestFigures figures, double[] klPerDimension) {}
