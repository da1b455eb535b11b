/**
 * What every route of the studio shares: the table of routes, guards, formats, limits and errors.
 * Knows nothing of models.
 */
package dev.elbo.studio.http;
