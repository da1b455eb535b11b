/** Elbo: variational autoencoders for the JVM. Start reading at {@code dev.elbo.objective.Elbo}. */
package dev.elbo;
