package dev.elbo.map;

import dev.elbo.kernel.Team;
import java.util.Arrays;

/**
 * KL(P‖Q) = Σ pᵢⱼ ln(pᵢⱼ/qᵢⱼ) of a map, qᵢⱼ = (1 + ‖yᵢ − yⱼ‖²)⁻¹/Z, and its gradient 4·Σⱼ (pᵢⱼ −
 * qᵢⱼ)(yᵢ − yⱼ)(1 + ‖yᵢ − yⱼ‖²)⁻¹ (van der Maaten and Hinton 2008), the part of q by a tree (van
 * der Maaten 2014). Owns its buffers.
 */
final class TsneGradient {
  private final Affinities affinities;
  private final double squaredTheta;
  private final Team team;
  private final QuadTree tree = new QuadTree();
  private final double[] attraction; // [points, 2]
  private final double[] repulsion; // [points, 2], still to be divided by Z
  private final double[] sums; // a point's share of Z
  private final double[] divergences;

  TsneGradient(Affinities affinities, double theta, Team team) {
    this.affinities = affinities;
    this.squaredTheta = theta * theta;
    this.team = team;
    attraction = new double[2 * affinities.count()];
    repulsion = new double[2 * affinities.count()];
    sums = new double[affinities.count()];
    divergences = new double[affinities.count()];
  }

  /**
   * @param y the map, [points, 2]
   * @param exaggeration factor of every pᵢⱼ
   */
  void fill(double[] y, double exaggeration, double[] gradient) {
    forces(y);
    double z = normalization();
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = 4 * (exaggeration * attraction[k] - repulsion[k] / z);
    }
  }

  /** In nats, of the affinities without exaggeration. */
  double divergence(double[] y) {
    forces(y);
    double logZ = StrictMath.log(normalization());
    RowChunks.run(team, affinities.count(), () -> point -> divergence(point, y, logZ));
    return Arrays.stream(divergences).reduce(0, Double::sum);
  }

  /** The sum over ordered pairs of different points; the order of the points makes its bits. */
  private double normalization() {
    double z = 0;
    for (double sum : sums) {
      z += sum - 1;
    }
    return z;
  }

  private void forces(double[] y) {
    tree.build(y, affinities.count());
    RowChunks.run(
        team,
        affinities.count(),
        () -> {
          double[] force = new double[2];
          return point -> {
            attract(point, y);
            sums[point] = tree.repulsion(y[2 * point], y[2 * point + 1], squaredTheta, force);
            repulsion[2 * point] = force[0];
            repulsion[2 * point + 1] = force[1];
          };
        });
  }

  private void attract(int point, double[] y) {
    double x0 = y[2 * point];
    double y0 = y[2 * point + 1];
    double forceX = 0;
    double forceY = 0;
    for (int n = affinities.starts()[point]; n < affinities.starts()[point + 1]; n++) {
      int other = affinities.columns()[n];
      double dx = x0 - y[2 * other];
      double dy = y0 - y[2 * other + 1];
      double weight = affinities.values()[n] / (1 + dx * dx + dy * dy);
      forceX += weight * dx;
      forceY += weight * dy;
    }
    attraction[2 * point] = forceX;
    attraction[2 * point + 1] = forceY;
  }

  private void divergence(int point, double[] y, double logZ) {
    double sum = 0;
    for (int n = affinities.starts()[point]; n < affinities.starts()[point + 1]; n++) {
      int other = affinities.columns()[n];
      double dx = y[2 * point] - y[2 * other];
      double dy = y[2 * point + 1] - y[2 * other + 1];
      double p = affinities.values()[n];
      if (p > 0) {
        sum += p * (StrictMath.log(p * (1 + dx * dx + dy * dy)) + logZ);
      }
    }
    divergences[point] = sum;
  }
}
