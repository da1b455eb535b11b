/** The model: a configuration that validates itself, and encoder and decoder built from it. */
package dev.elbo.model;
