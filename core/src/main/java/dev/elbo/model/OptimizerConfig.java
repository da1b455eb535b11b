package dev.elbo.model;

/** How a gradient becomes a change of the weights. */
public record OptimizerConfig(double learningRate) {

  public OptimizerConfig {
    ConfigKey.LR.require(learningRate);
  }

  static OptimizerConfig of(Values values) {
    return new OptimizerConfig(values.number(ConfigKey.LR));
  }

  public OptimizerConfig withLearningRate(double other) {
    return new OptimizerConfig(other);
  }
}
