package dev.elbo.quality;

/** How evenly images are spread over classes. */
final class ClassBalance {
  private ClassBalance() {}

  /** −Σ p·ln p of the classes' shares p, in nats; at most the log of their number. */
  static double entropy(int[] counts) {
    double total = 0;
    for (int count : counts) {
      total += count;
    }
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        entropy -= count / total * StrictMath.log(count / total);
      }
    }
    return entropy;
  }
}
