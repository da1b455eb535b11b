package dev.elbo.quality;

import java.util.Random;

/** Vectors that tests of distances and moments are fed with. */
final class Cloud {
  private Cloud() {}

  /** Independent normal deviates around a middle. */
  static Vectors normal(long seed, int count, int columns, double middle, double deviation) {
    Random random = new Random(seed);
    Vectors cloud = Vectors.of(count, columns);
    for (int row = 0; row < count; row++) {
      for (int j = 0; j < columns; j++) {
        cloud.values()[row * cloud.stride() + j] =
            (float) (middle + deviation * random.nextGaussian());
      }
    }
    return cloud;
  }

  /** One number a vector. */
  static Vectors line(double... numbers) {
    Vectors line = Vectors.of(numbers.length, 1);
    for (int row = 0; row < numbers.length; row++) {
      line.values()[row * line.stride()] = (float) numbers[row];
    }
    return line;
  }

  /** ‖a − b‖² in doubles. */
  static double squaredDistance(Vectors a, int row, Vectors b, int other) {
    double sum = 0;
    for (int j = 0; j < a.columns(); j++) {
      double difference =
          (double) a.values()[row * a.stride() + j] - b.values()[other * b.stride() + j];
      sum += difference * difference;
    }
    return sum;
  }
}
