/** Models as they are served: their data, figures, inference and routes. */
package dev.elbo.studio.model;
