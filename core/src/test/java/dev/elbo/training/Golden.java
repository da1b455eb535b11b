package dev.elbo.training;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.KlWeight;
import dev.elbo.model.VaeConfig;
import dev.elbo.tensor.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short training of the default model and the digest of what comes out; as a program of its own
 * too, for JVMs with other options. The batches are 64, 64 and 22 rows.
 */
final class Golden {
  private static final DataSet DATA = Blobs.dataSet(150, 10, 28, 28);
  private static final Config CONFIG =
      new Config(VaeConfig.DEFAULT, 64, 1000, 0.001, KlWeight.alpha(0.001), 0, "blobs");

  /** From plain kernels and one thread; a change of it breaks the promise of every seed. */
  static final String AFTER_20_STEPS =
      "0f99c8a57a9fea23772bc0426ace7b5d1a1712b52d610d24a6966d1d03b82942";

  /** The same after so few steps that an interpreter gets there. */
  static final String AFTER_2_STEPS =
      "25b91f11d60cee4359265a0368dbbdbacf1f334fc12f6bf5fe7208c8c3b051e6";

  /** Of {@link Runs#CONFIG}, for JVMs that take microseconds for a fused multiply-add. */
  static final String TINY_AFTER_12_STEPS =
      "3a499a1c19d720ed2f8245a6931e65f7e5ed5073fe32eb46234a92a742a4601d";

  private Golden() {}

  /** Prints the kernels, then the digest after 20 or 2 steps, or 12 of the tiny model. */
  public static void main(String[] arguments) {
    Kernels kernels = Kernels.best();
    System.out.println(kernels.description());
    int steps = Integer.parseInt(arguments[0]);
    System.out.println(steps == 12 ? tiny(kernels, 2) : sha256(kernels, 2, steps));
  }

  /** SHA-256 of the bits of all tensors after some steps, in the order of the model file. */
  static String sha256(Kernels kernels, int threads, int steps) {
    return sha256(CONFIG, DATA, kernels, threads, steps);
  }

  static String tiny(Kernels kernels, int threads) {
    return sha256(Runs.CONFIG, Runs.DATA, kernels, threads, 12);
  }

  private static String sha256(
      Config config, DataSet data, Kernels kernels, int threads, int steps) {
    try (Trainer trainer = new Trainer(config, data, kernels, threads)) {
      trainer.run(event -> {}, () -> trainer.step() == steps);
      return sha256(trainer.vae().parameters());
    }
  }

  private static String sha256(Iterable<Parameter> parameters) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    for (Parameter parameter : parameters) {
      float[] values = ModelFile.tensor(parameter).values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        bytes.putInt(Float.floatToRawIntBits(value));
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
