/** {@code ./elbo serve} as its clients see it: a process of its own, asked over loopback. */
package dev.elbo.bench.serve;
