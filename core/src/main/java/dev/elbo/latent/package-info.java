/** The latent space of a trained model: codes of images, images of codes, walks between them. */
package dev.elbo.latent;
