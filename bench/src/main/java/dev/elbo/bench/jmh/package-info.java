/** JMH benchmarks of the kernels, plain and vector; run by {@code ./elbo-bench jmh}. */
package dev.elbo.bench.jmh;
