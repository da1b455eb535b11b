package dev.elbo.evaluation;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.distribution.StandardNormal;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.objective.Bound;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The bound and the reconstruction error of a model on a set of images. Draws are fixed by the seed
 * and the image's index; sums run over the images in order, in double.
 */
public final class TestBound {
  private static final int ROWS = 256;

  /** A dimension whose posterior mean varies by more is active (Burda et al. 2015). */
  static final double ACTIVE = 0.01;

  private final Images images;
  private final Batches batches;
  private final Tape tape;
  private final Tensor x;
  private final Bound bound;
  private final Tensor decodedMean;

  /** Against N(0, 1), [rows, latent], nats. */
  private final Tensor klByDimension;

  public TestBound(Vae vae, Images images, long seed, Kernels kernels, Team team) {
    this.images = images;
    this.batches = new Batches(images);
    this.tape = new Tape(Math.min(ROWS, images.count()), kernels, team);
    this.x = tape.input("x", images.size(), batches);
    PosteriorNoise noise = new PosteriorNoise(seed, batches::image);
    noise.atStep(PosteriorNoise.TEST);
    Vae given = vae.given(tape, batches::label);
    this.bound = new Elbo(new Scalar(1)).of(given, x, noise);
    this.decodedMean = given.decode(bound.q().mu()).mean();
    this.klByDimension = bound.q().klByDimension(StandardNormal.PRIOR);
  }

  /**
   * The figures of the model as its weights are now.
   *
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public TestFigures measure() {
    return measureInDetail().figures();
  }

  /**
   * The same, and what each latent dimension has of the KL.
   *
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public DetailedFigures measureInDetail() {
    Sums sums = new Sums(bound.q().mu().columns());
    visit((image, row) -> sums.add(row));
    int count = images.count();
    TestFigures figures =
        new TestFigures(
            sums.reconstruction / count,
            sums.kl / count,
            sums.squaredError / count / images.size(),
            sums.activeUnits(count));
    return new DetailedFigures(figures, sums.klPerDimension(count));
  }

  /**
   * The figures of each image, and its posterior.
   *
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public ImageFigures perImage() {
    int latent = bound.q().mu().columns();
    ImageFigures figures = ImageFigures.ofZeros(images.count(), latent);
    visit(
        (image, row) -> {
          double error = addSquaredErrors(0, row);
          figures.reconstruction()[image] = bound.reconstruction().values()[row];
          figures.kl()[image] = bound.kl().values()[row];
          figures.mse()[image] = error / images.size();
          Tensor mu = bound.q().mu();
          Tensor logVar = bound.q().logVar();
          int to = image * latent;
          System.arraycopy(mu.values(), row * mu.stride(), figures.codes().mu(), to, latent);
          System.arraycopy(
              logVar.values(), row * logVar.stride(), figures.codes().logVar(), to, latent);
          return bound.reconstruction().values()[row] + bound.kl().values()[row] + error;
        });
    return figures;
  }

  /** Adds those of a row, pixel by pixel, to a sum. */
  private double addSquaredErrors(double before, int row) {
    double sum = before;
    int at = row * x.stride();
    for (int j = at; j < at + x.columns(); j++) {
      double difference = x.values()[j] - decodedMean.values()[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** Takes what the tape has in a row; the answer is finite if all is. */
  private interface Visitor {
    double see(int image, int row);
  }

  private void visit(Visitor visitor) {
    for (int start = 0; start < images.count(); start += tape.capacity()) {
      int rows = Math.min(tape.capacity(), images.count() - start);
      batches.startAt(start);
      tape.forward(rows);
      for (int row = 0; row < rows; row++) {
        if (!Double.isFinite(visitor.see(start + row, row))) {
          throw tape.nonFinite();
        }
      }
    }
  }

  private final class Sums {
    private double reconstruction;
    private double kl;
    private double squaredError;
    private final double[] mu;
    private final double[] muSquared;
    private final double[] dimensionKl;

    Sums(int latent) {
      mu = new double[latent];
      muSquared = new double[latent];
      dimensionKl = new double[latent];
    }

    double add(int row) {
      reconstruction += bound.reconstruction().values()[row];
      kl += bound.kl().values()[row];
      squaredError = addSquaredErrors(squaredError, row);
      Tensor means = bound.q().mu();
      for (int j = 0; j < mu.length; j++) {
        double value = means.values()[row * means.stride() + j];
        mu[j] += value;
        muSquared[j] += value * value;
        dimensionKl[j] += klByDimension.values()[row * klByDimension.stride() + j];
      }
      return reconstruction + kl + squaredError;
    }

    double[] klPerDimension(int count) {
      double[] means = dimensionKl.clone();
      for (int j = 0; j < means.length; j++) {
        means[j] /= count;
      }
      return means;
    }

    int activeUnits(int count) {
      int active = 0;
      for (int j = 0; j < mu.length; j++) {
        double mean = mu[j] / count;
        if (muSquared[j] / count - mean * mean > ACTIVE) {
          active++;
        }
      }
      return active;
    }
  }
}
