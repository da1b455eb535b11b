/** The map of a model's codes: its routes. */
package dev.elbo.studio.map;
