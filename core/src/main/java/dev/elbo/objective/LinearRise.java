package dev.elbo.objective;

/** A share that rises from zero to one in equal steps, and stays. */
public final class LinearRise {
  private LinearRise() {}

  /**
   * min(1, step/steps).
   *
   * @param step counted from 1
   * @param steps of the rise, parts of a step included; 0 for none
   */
  public static double at(long step, double steps) {
    return step >= steps ? 1 : step / steps;
  }
}
