/** Elbo Studio: the page in the browser and the HTTP API of models, composed here. */
package dev.elbo.studio;
