/** The decoder p(x|z) in the page: the same layers and weights as the server's, sums in double. */
const ACTIVATIONS = {
  linear: (x) => x,
  relu: (x) => (x > 0 ? x : 0),
  tanh: Math.tanh,
  sigmoid,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/** The mean of a continuous Bernoulli with these logits: 1/(1 − e⁻ˣ) − 1/x, and 1/2 + x/12 near zero. */
function continuousMean(x) {
  return Math.abs(x) < 0.02 ? 0.5 + x / 12 : 1 / -Math.expm1(-x) - 1 / x;
}

const OUTPUTS = { sigmoid, identity: (x) => x, continuous_bernoulli: continuousMean };

/** out[o] = Σᵢ weights[o, i]·in[i] + bias[o]; weights are [out, in]. */
function affine(weights, weightOffset, biasOffset, input, inputs, out) {
  for (let o = 0; o < out.length; o++) {
    const row = weightOffset + o * inputs;
    let even = 0;
    let odd = 0;
    let i = 0;
    for (; i + 1 < inputs; i += 2) {
      even += weights[row + i] * input[i];
      odd += weights[row + i + 1] * input[i + 1];
    }
    if (i < inputs) even += weights[row + i] * input[i];
    out[o] = even + odd + weights[biasOffset + o];
  }
}

export class Decoder {
  /**
   * @param layers as the API describes them: inputs, outputs, activation, offsets into `weights`
   * @param output what makes pixels of the last layer's values
   */
  constructor(layers, weights, output, latentSize) {
    this.layers = layers.map((layer) => ({
      ...layer,
      values: new Float64Array(layer.outputs),
      gates: layer.activation === 'gated' ? new Float64Array(layer.outputs) : null,
    }));
    this.weights = weights;
    this.output = OUTPUTS[output] ?? OUTPUTS.identity;
    this.latentSize = latentSize;
    this.input = new Float64Array(layers[0].inputs);
    this.pixels = layers[layers.length - 1].outputs;
  }

  /** Pixels of a code; a conditional model's first layer takes the class behind the code, one-hot. */
  decode(code, label = -1, into = new Float32Array(this.pixels)) {
    this.input.fill(0);
    for (let d = 0; d < this.latentSize; d++) this.input[d] = code[d];
    if (label >= 0 && this.latentSize + label < this.input.length) this.input[this.latentSize + label] = 1;
    let values = this.input;
    for (const layer of this.layers) {
      affine(this.weights, layer.weight_offset, layer.bias_offset, values, layer.inputs, layer.values);
      this.#activate(layer, values);
      values = layer.values;
    }
    for (let p = 0; p < into.length; p++) into[p] = this.output(values[p]);
    return into;
  }

  #activate(layer, input) {
    const { values, gates } = layer;
    if (gates) {
      affine(this.weights, layer.gate_weight_offset, layer.gate_bias_offset, input, layer.inputs, gates);
      for (let o = 0; o < values.length; o++) values[o] *= sigmoid(gates[o]);
    } else if (layer.activation !== 'linear') {
      const activation = ACTIVATIONS[layer.activation];
      for (let o = 0; o < values.length; o++) values[o] = activation(values[o]);
    }
  }
}
