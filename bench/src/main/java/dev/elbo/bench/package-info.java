/**
 * The measuring instruments: commands that run Elbo and its peers, each in a JVM of its own, in
 * turn within one run, and print medians, spreads and ratios. {@link dev.elbo.bench.Main} lists
 * them; {@code docs/benchmarks.md} says how they measure.
 */
package dev.elbo.bench;
