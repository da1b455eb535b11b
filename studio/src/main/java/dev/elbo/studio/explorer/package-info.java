/**
 * The map and the dials of a model as one file that works from disk: the page's own modules,
 * bundled, with what the server would answer beside them.
 */
package dev.elbo.studio.explorer;
