/** What is maximised: bounds on log p(x), in nats, one number an image. */
package dev.elbo.objective;
