/**
 * What runs in the child JVMs: engines that do the same work, and the lines they are told it by,
 * see {@link dev.elbo.bench.peer.PeerLoop}.
 */
package dev.elbo.bench.peer;
