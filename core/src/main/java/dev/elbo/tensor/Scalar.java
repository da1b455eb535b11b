package dev.elbo.tensor;

/** A number that enters a recorded tape and may change between replays, such as β. */
public final class Scalar {
  private volatile float value;

  public Scalar(double value) {
    this.value = (float) value;
  }

  public float value() {
    return value;
  }

  public void set(double next) {
    value = (float) next;
  }
}
