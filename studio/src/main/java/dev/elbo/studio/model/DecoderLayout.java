package dev.elbo.studio.model;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder's weights in one array, so that a page can decode by itself.
 *
 * @param layers from the code to the image
 * @param weights of all of them, each [out, in], row-major
 * @param output what the last layer's numbers become: {@code sigmoid}, or {@code
 *     continuous_bernoulli} for 1/(1 − e^(−l)) − 1/l
 */
record DecoderLayout(List<Layer> layers, float[] weights, String output) {

  /**
   * A layer; offsets count floats.
   *
   * @param activation of a hidden layer, {@code linear} for the last
   * @param gateWeight −1 where it has no gate
   */
  record Layer(
      int inputs,
      int outputs,
      String activation,
      int weight,
      int bias,
      int gateWeight,
      int gateBias) {}

  static DecoderLayout of(ModelFile model) {
    Activation activation = model.config().vae().activation();
    List<Parameter> written = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    int at = 0;
    for (Parameter parameter : model.vae().parameters()) {
      String name = parameter.name();
      boolean isLast = name.equals("output.weight");
      boolean isHidden = name.startsWith("decoder.") && name.matches("decoder\\.[0-9]+\\.weight");
      if (!isLast && !isHidden) {
        continue;
      }
      String layer = name.substring(0, name.length() - ".weight".length());
      boolean gated = isHidden && activation == Activation.GATED;
      int size = parameter.size();
      int outputs = parameter.columns();
      written.add(parameter);
      written.add(named(model, layer + ".bias"));
      int bias = at + size;
      int next = bias + outputs;
      if (gated) {
        written.add(named(model, layer + ".gate.weight"));
        written.add(named(model, layer + ".gate.bias"));
      }
      layers.add(
          new Layer(
              parameter.rows(),
              outputs,
              isLast ? "linear" : activation.toString(),
              at,
              bias,
              gated ? next : -1,
              gated ? next + size : -1));
      at = gated ? next + size + outputs : next;
    }
    boolean continuous = model.config().vae().likelihood() == LikelihoodKind.CONTINUOUS_BERNOULLI;
    return new DecoderLayout(
        List.copyOf(layers), joined(written, at), continuous ? "continuous_bernoulli" : "sigmoid");
  }

  private static Parameter named(ModelFile model, String name) {
    return model.vae().parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] joined(List<Parameter> parameters, int size) {
    float[] all = new float[size];
    int at = 0;
    for (Parameter parameter : parameters) {
      System.arraycopy(parameter.toArray(), 0, all, at, parameter.size());
      at += parameter.size();
    }
    return all;
  }
}
