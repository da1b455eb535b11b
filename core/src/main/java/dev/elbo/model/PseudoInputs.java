package dev.elbo.model;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The inputs that a VampPrior's components are the posteriors of, uₖ = σ(logitsₖ): images that are
 * learned.
 *
 * @param logits [K, pixels]
 */
record PseudoInputs(Parameter logits) {
  static final String NAME = "prior.pseudo_inputs";

  /** Of one shape at first would stay of one shape: each begins with noise of its own. */
  static PseudoInputs create(int count, int pixels, Noise noise) {
    Parameter logits = Parameter.weight(NAME, count, pixels);
    float[] values = new float[logits.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * noise.uniform(i) - 1);
    }
    logits.set(values);
    return new PseudoInputs(logits);
  }

  /** [K in all, pixels], each in [0, 1]. */
  Tensor on(Tape tape) {
    return tape.apply("pseudo-inputs", ElementFunction.SIGMOID, tape.parameterRows(logits));
  }
}
