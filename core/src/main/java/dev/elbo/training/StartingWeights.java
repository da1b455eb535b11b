package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.model.OutputBias;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The weights before the first step: fresh, with the output's bias and the pseudo-inputs from the
 * data, or a model's.
 */
final class StartingWeights {
  /** Burda et al. 2015 keep the means away from 0 and 1, whose logits are infinite. */
  private static final double LEAST_MEAN = 0.001;

  /** Pseudo-inputs are kept from 0 and 1, where a sigmoid hardly learns. */
  private static final double LEAST_PIXEL = 0.05;

  /** The address of their choice, beyond those of layers. */
  private static final int PSEUDO_INPUTS = 300;

  private static final int FULL = 255;
  private static final String BIAS = "output.bias";

  private StartingWeights() {}

  static void give(Vae vae, Config config, Images train, Optional<Vae> from) {
    if (from.isPresent()) {
      copy(from.get(), vae);
    } else if (config.start().outputBias() == OutputBias.DATA) {
      for (Parameter parameter : vae.parameters()) {
        if (parameter.name().equals(BIAS)) {
          parameter.set(logitsOfMeans(train));
        }
      }
    }
    if (from.isEmpty() && vae.pseudoInputs().isPresent()) {
      giveImages(vae.pseudoInputs().get(), train, config.seed());
    }
  }

  /** Pseudo-inputs begin as training images, drawn without repetition. */
  private static void giveImages(Parameter logits, Images train, long seed) {
    int count = logits.rows();
    if (count > train.count()) {
      throw new InputException(
          "pseudo_inputs: expected at most %d, as many as there are training images, found %d; make them fewer"
              .formatted(train.count(), count));
    }
    Batches chosen = new Batches(train);
    chosen.shuffle(Noise.of(seed).at(Noise.Purpose.INITIALIZATION).at(PSEUDO_INPUTS));
    float[] values = new float[logits.size()];
    float[] pixels = new float[train.size()];
    for (int k = 0; k < count; k++) {
      chosen.fill(k, pixels, 0);
      for (int j = 0; j < pixels.length; j++) {
        double kept = Math.min(1 - LEAST_PIXEL, Math.max(LEAST_PIXEL, pixels[j]));
        values[j * count + k] =
            (float) StrictMath.log(kept / (1 - kept)); // [pixels, K], as in files
      }
    }
    logits.set(values);
  }

  /** Gives a model the weights of another of its shape. */
  static void copy(Vae from, Vae to) {
    List<Parameter> sources = from.parameters();
    List<Parameter> targets = to.parameters();
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).set(sources.get(i).toArray());
    }
  }

  /** ln(m/(1 − m)) of each pixel's mean m over the images, kept within [0.001, 0.999]. */
  static float[] logitsOfMeans(Images images) {
    int size = images.size();
    long[] sums = new long[size];
    for (int i = 0; i < images.pixels().length; i++) {
      sums[i % size] += images.pixels()[i] & 0xff;
    }
    float[] logits = new float[size];
    for (int j = 0; j < size; j++) {
      double mean = sums[j] / ((double) FULL * images.count());
      double kept = Math.min(1 - LEAST_MEAN, Math.max(LEAST_MEAN, mean));
      logits[j] = (float) StrictMath.log(kept / (1 - kept));
    }
    return logits;
  }

  /** SHA-256 of a model's weights, as little-endian floats in the order of the model file. */
  static String sha256(Vae vae) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    for (Parameter parameter : vae.parameters()) {
      float[] values = ModelFile.tensor(parameter).values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A configuration names the weights it began from; they must be there, and be those. */
  static void requireNamed(Config config, Optional<Vae> from) {
    String named = config.start().fromSha256();
    String found = from.map(StartingWeights::sha256).orElse("");
    if (!named.equals(found)) {
      throw new InputException(
          "from_sha256: expected the model with weights of sha256 %s, found %s; give it with --from"
              .formatted(
                  named.isEmpty() ? "none" : named, found.isEmpty() ? "none" : "one of " + found));
    }
  }
}
