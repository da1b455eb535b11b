package dev.elbo.cli;

import dev.elbo.Numbers;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.training.EpochMetrics;
import java.util.stream.Stream;

/** What an epoch ended with, as one line; where it must be short, the parts of the losses go. */
final class EpochLine {
  private EpochLine() {}

  /**
   * @param kl what it is called: one that has no closed form says that it is sampled
   */
  static String of(EpochMetrics metrics, int epochs, String kl, int columns) {
    String kind = ", " + metrics.binarization();
    String epoch = "epoch %s/%d".formatted(ProgressLine.padded(metrics.epoch(), epochs), epochs);
    TestFigures test = metrics.test();
    String trainLoss = "train loss " + Numbers.fixed(metrics.train().loss(), 2);
    String testLoss = "test loss " + Numbers.fixed(metrics.testLoss(), 2);
    String trainParts = parts(metrics.train().reconstruction(), kl, metrics.train().kl());
    String testParts = parts(test.reconstruction(), kl, test.kl());
    String held =
        metrics
            .validation()
            .map(part -> "  validation loss " + Numbers.fixed(part.loss(), 2))
            .orElse("");
    String active = ", %d active".formatted(test.activeUnits()) + kind;
    String quality = ", MSE " + Numbers.fixed(test.mse(), 5) + active;
    String speed = Numbers.grouped(Math.round(metrics.imagesPerSecond())) + " images/s";
    String shortest = String.join("  ", epoch, trainLoss, testLoss + active);
    return Stream.of(
            String.join(
                "  ", epoch, trainLoss + trainParts, testLoss + testParts + quality + held, speed),
            String.join("  ", epoch, trainLoss, testLoss + testParts + quality),
            String.join("  ", epoch, trainLoss, testLoss + quality),
            shortest)
        .filter(line -> line.length() <= columns)
        .findFirst()
        .orElse(shortest);
  }

  private static String parts(double reconstruction, String name, double kl) {
    return " (reconstruction %s, %s %s)"
        .formatted(Numbers.fixed(reconstruction, 2), name, Numbers.fixed(kl, 2));
  }
}
