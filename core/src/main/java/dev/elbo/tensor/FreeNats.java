package dev.elbo.tensor;

import java.util.List;

/**
 * out[r] = Σⱼ (klⱼ[r] where its mean over the batch is above the free amount, else that amount), j
 * ascending. The mean of it over the batch is Σⱼ max(free, mean of klⱼ), and so is its gradient.
 */
final class FreeNats implements AcrossRows {
  private final Tensor kl;
  private final Tensor mean;
  private final float free;
  private final Tensor out;
  private boolean adds;

  private FreeNats(Tensor kl, Tensor mean, double free, Tensor out) {
    this.kl = kl;
    this.mean = mean;
    this.free = (float) free;
    this.out = out;
  }

  /**
   * @param mean of kl over the batch, as data
   */
  static FreeNats of(String name, Tensor kl, Tensor mean, double free) {
    return new FreeNats(kl, mean, free, kl.asNumbers(name, kl.trainable()));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(kl, mean);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public boolean readsAllRowsOf(int input) {
    return input == 1;
  }

  @Override
  public void begin(int images) {
    // The mean already counts them.
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * kl.stride();
      float sum = 0f;
      for (int j = 0; j < kl.columns(); j++) {
        sum += mean.values()[j] > free ? kl.values()[at + j] : free;
      }
      out.values()[row] = sum;
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dKl = kl.gradient();
    for (int row = from; row < to; row++) {
      int at = row * kl.stride();
      for (int j = 0; j < kl.columns(); j++) {
        float given = mean.values()[j] > free ? out.gradient()[row] : 0f;
        dKl[at + j] = adds ? dKl[at + j] + given : given;
      }
    }
  }

  @Override
  public void backwardAcross(int from, int to) {
    throw new IllegalStateException(mean.name() + " is data");
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
