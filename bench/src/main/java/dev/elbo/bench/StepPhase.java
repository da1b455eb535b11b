package dev.elbo.bench;

import dev.elbo.bench.peer.Work;
import java.util.List;

/**
 * A part of a training step, told from a sampled stack by the operation of the tape that runs and
 * the kernel that it has called.
 */
enum StepPhase {
  INPUT("bytes to floats, lists of non-zeros"),
  FIRST_LAYER("first layer, forward, without zeros"),
  LAYERS("other layers, forward"),
  ACTIVATIONS("gradients of activations"),
  FIRST_WEIGHT("gradient of the first weight, without zeros"),
  WEIGHTS("gradients of other weights and biases"),
  ADAM("Adam"),
  TRANSPOSED("transposed copies"),
  LOSS("likelihood, KL and their sum"),
  NOISE("noise and sampling"),
  ELEMENTWISE("activation functions"),
  WAITING("waiting at barriers"),
  OTHER("all else: shuffling, metrics, ranges");

  private static final List<String> LOSSES =
      List.of("LogitsLogProb", "KlToStandardNormal", "WeightedSum");

  private final String title;

  StepPhase(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Of one frame of a stack, the innermost that decides; null where this one does not. */
  static StepPhase of(String type, String method) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    if (name.equals("Team$Gate")) {
      return WAITING;
    }
    if (name.equals("Parameter") && method.equals("changed")) {
      return TRANSPOSED;
    }
    if (name.equals("Adam")) {
      return ADAM;
    }
    if (name.equals("InputRows") || name.startsWith("NonZero")) {
      return INPUT;
    }
    if (name.equals("Affine")) {
      return switch (method) {
        case "forwardWithoutZeros" -> FIRST_LAYER;
        case "forward" -> LAYERS;
        default -> ACTIVATIONS;
      };
    }
    if (name.equals("ParameterGradients") || name.equals("PendingGradient")) {
      return method.equals("gradientWithoutZeros") ? FIRST_WEIGHT : WEIGHTS;
    }
    if (LOSSES.contains(name)) {
      return LOSS;
    }
    if (name.equals("Reparameterization") || name.equals("PosteriorNoise")) {
      return NOISE;
    }
    return name.equals("Elementwise") ? ELEMENTWISE : null;
  }

  /**
   * Floating-point operations of a step of the default model, a multiply-add counting two; 0 where
   * they are not what the phase does.
   *
   * @param density the share of inputs that are not zero
   */
  double flop(double density) {
    Work.Step step = Work.Step.DEFAULT;
    long first = (long) Work.PIXELS * step.hidden().get(0);
    double all = 2.0 * step.batch();
    return switch (this) {
      case FIRST_LAYER, FIRST_WEIGHT -> all * first * density;
      case LAYERS, WEIGHTS, ACTIVATIONS -> all * (step.weights() - first);
      default -> 0;
    };
  }
}
