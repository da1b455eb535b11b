package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;

/** The decoder as somebody would write it who has only the API's description of it. */
final class PageDecoder {
  private PageDecoder() {}

  static float[] decode(JsonNode layers, float[] weights, float[] code, String output) {
    double[] values = new double[code.length];
    for (int i = 0; i < code.length; i++) {
      values[i] = code[i];
    }
    for (JsonNode layer : layers) {
      double[] linear =
          affine(
              weights,
              layer.get("weight_offset").asInt(),
              layer.get("bias_offset").asInt(),
              layer.get("outputs").asInt(),
              values);
      double[] gate =
          layer.has("gate_weight_offset")
              ? affine(
                  weights,
                  layer.get("gate_weight_offset").asInt(),
                  layer.get("gate_bias_offset").asInt(),
                  layer.get("outputs").asInt(),
                  values)
              : linear;
      for (int o = 0; o < linear.length; o++) {
        linear[o] = activated(layer.get("activation").asText(), linear[o], gate[o]);
      }
      values = linear;
    }
    float[] image = new float[values.length];
    for (int j = 0; j < image.length; j++) {
      double l = values[j];
      image[j] =
          (float) (output.equals("sigmoid") ? sigmoid(l) : 1 / (1 - StrictMath.exp(-l)) - 1 / l);
    }
    return image;
  }

  private static double[] affine(float[] w, int weight, int bias, int outputs, double[] x) {
    double[] y = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      y[o] = w[bias + o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[weight + o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double activated(String name, double x, double gate) {
    return switch (name) {
      case "relu" -> Math.max(x, 0);
      case "tanh" -> StrictMath.tanh(x);
      case "sigmoid" -> sigmoid(x);
      case "softplus" -> StrictMath.log1p(StrictMath.exp(x));
      case "gated" -> x * sigmoid(gate);
      case "linear" -> x;
      default -> throw new AssertionError(name);
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
