package dev.elbo.training;

/**
 * The epoch with the least validation loss so far.
 *
 * @param step updates at its end
 * @param loss nats per image, at the final β
 */
record BestEpoch(long step, double loss) {}
