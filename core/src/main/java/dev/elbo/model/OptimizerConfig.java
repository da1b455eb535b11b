package dev.elbo.model;

import dev.elbo.InputException;

/**
 * How a gradient becomes a change of the weights.
 *
 * @param weightDecay λ of AdamW: a weight loses rate·λ of itself in a step
 * @param clipNorm the largest norm of all gradients together; 0 for any
 * @param averaging the decay of the averaged weights, which then are the model; 0 for none
 */
public record OptimizerConfig(
    OptimizerKind kind,
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm,
    double averaging) {

  public OptimizerConfig {
    ConfigKey.LR.require(learningRate);
    ConfigKey.ADAM_BETA1.require(beta1);
    ConfigKey.ADAM_BETA2.require(beta2);
    ConfigKey.ADAM_EPSILON.require(epsilon);
    ConfigKey.WEIGHT_DECAY.require(weightDecay);
    ConfigKey.CLIP_NORM.require(clipNorm);
    ConfigKey.EMA.require(averaging);
    if (weightDecay > 0 && kind == OptimizerKind.ADAM) {
      throw new InputException(
          "weight_decay: expected 0 with adam, found %s; add --optimizer adamw"
              .formatted(ConfigKey.text(weightDecay)));
    }
  }

  static OptimizerConfig of(Values values) {
    return new OptimizerConfig(
        values.word(ConfigKey.OPTIMIZER, OptimizerKind.values()),
        values.number(ConfigKey.LR),
        values.number(ConfigKey.ADAM_BETA1),
        values.number(ConfigKey.ADAM_BETA2),
        values.number(ConfigKey.ADAM_EPSILON),
        values.number(ConfigKey.WEIGHT_DECAY),
        values.number(ConfigKey.CLIP_NORM),
        values.number(ConfigKey.EMA));
  }

  public OptimizerConfig withLearningRate(double other) {
    return new OptimizerConfig(
        kind, other, beta1, beta2, epsilon, weightDecay, clipNorm, averaging);
  }
}
