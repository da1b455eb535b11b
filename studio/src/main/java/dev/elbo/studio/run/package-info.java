/**
 * Trainings as the studio shows them. Whoever trains writes what happens into the run directory;
 * whoever watches reads it there, so that a watcher never costs a training more than its reading,
 * and it is the same whether this process trains or another.
 */
package dev.elbo.studio.run;
