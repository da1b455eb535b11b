package dev.elbo.checkpoint;

/** The state after a number of training steps. */
public record Checkpoint(long step, TensorFile state) {}
