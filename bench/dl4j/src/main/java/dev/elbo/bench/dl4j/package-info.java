/** Deeplearning4j as a peer, apart from the others because its JavaCPP is another version. */
package dev.elbo.bench.dl4j;
