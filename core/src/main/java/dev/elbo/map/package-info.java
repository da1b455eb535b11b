/**
 * Maps of a space of many dimensions: points in a plane, by principal components or by t-SNE, and
 * how far a map can be trusted. In double, and the same bits for any number of threads: what is
 * added up is added in the order of the points.
 */
package dev.elbo.map;
