/** Figures of a model over a whole data set, every image counting once, the same on every run. */
package dev.elbo.evaluation;
