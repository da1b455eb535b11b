package dev.elbo.kernel;

/** Functions of one element whose derivative can be computed from their value. */
public enum ElementFunction {
  /** max(x, 0). */
  RELU,
  TANH,
  /** 1/(1 + e⁻ˣ). */
  SIGMOID,
  /** ln(1 + eˣ). */
  SOFTPLUS,
  /** The identity within ±12, bending smoothly to ±16: keeps e^log-variance finite. */
  BOUND
}
