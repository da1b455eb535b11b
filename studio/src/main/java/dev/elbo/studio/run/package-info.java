/** Trainings as the studio shows them: their routes. */
package dev.elbo.studio.run;
