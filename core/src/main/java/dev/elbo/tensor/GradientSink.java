package dev.elbo.tensor;

/** What becomes of the gradient of a parameter's rows: an update at once, or a store. */
@FunctionalInterface
public interface GradientSink {
  /**
   * Takes the gradient of rows [from, to), padded to the parameter's stride; called by several
   * threads, each row once a step.
   *
   * @return false where a value that is not finite came out
   */
  boolean take(Parameter parameter, int from, int to, float[] gradient);
}
