package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.model.Vae;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The gradient of a loss of {@link DoubleVae} by central differences, beside the tape's. */
final class ReferenceGradient {
  /** Errors of about h², 1e-10. */
  private static final double H = 1e-5;

  private ReferenceGradient() {}

  /**
   * @param found a gradient for each parameter of the model
   * @param meanLoss the loss that the tape computed
   * @param rounding of a gradient of size 1
   */
  static void assertGradient(
      Vae vae,
      List<float[]> found,
      double meanLoss,
      ToDoubleFunction<DoubleVae> loss,
      double rounding) {
    DoubleVae reference = new DoubleVae(vae);
    assertThat(meanLoss).isCloseTo(loss.applyAsDouble(reference), within(rounding * 10));
    double[][] p = reference.parameters();
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p[i].length; j++) {
        double before = p[i][j];
        p[i][j] = before + H;
        double above = loss.applyAsDouble(reference);
        p[i][j] = before - H;
        double below = loss.applyAsDouble(reference);
        p[i][j] = before;
        double slope = (above - below) / (2 * H);
        assertThat((double) found.get(i)[j])
            .as("%s [%d]", vae.parameters().get(i).name(), j)
            .isCloseTo(slope, within(rounding * (1 + Math.abs(slope))));
      }
    }
  }
}
