package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.tensor.Tensor;

/**
 * The terms of a lower bound on log p(x), one number a row, in nats.
 *
 * @param reconstruction −log p(x|z), [rows]
 * @param kl KL(q(z|x) ‖ p(z)), [rows], in closed form or, where there is none, log q(z|x) − log
 *     p(z) of the draws; the evidence lower bound is −reconstruction − kl
 * @param loss what the optimiser lowers, [rows]
 * @param q the approximate posterior, of the first stochastic layer
 */
public record Bound(Tensor reconstruction, Tensor kl, Tensor loss, DiagonalGaussian q) {}
