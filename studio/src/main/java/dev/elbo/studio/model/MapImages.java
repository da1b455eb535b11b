package dev.elbo.studio.model;

import dev.elbo.data.Images;
import dev.elbo.latent.Codes;

/**
 * The images that a model's figures and its map are of: the test images first, then the training
 * images.
 *
 * @param dataset its name
 * @param standsIn whether they are others than those the model was trained on, for want of them
 * @param images in that order
 * @param testCount how many of the first are test images
 * @param codes their posteriors, [images, latent]
 */
public record MapImages(
    String dataset, boolean standsIn, Images images, int testCount, Codes codes) {}
