/**
 * How much generated images look like a data set's: a classifier of that data, trained by the same
 * engine, and figures of its features. All of it is a function of the data and the images, whatever
 * the threads and kernels.
 *
 * <p>Legend: {@code count} images or vectors; {@code columns} numbers in a vector, in rows of
 * {@code stride} floats; {@code classes} of the data's labels.
 */
package dev.elbo.quality;
