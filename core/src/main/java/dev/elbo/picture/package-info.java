/**
 * Pictures: grids of grey images written as PNG, and users' own images read as grey. A value is 0
 * for background and 1 for full ink; images lie one after another, row-major: {@code [count, height
 * · width]}. Nothing here draws text, for a machine may have no fonts.
 */
package dev.elbo.picture;
