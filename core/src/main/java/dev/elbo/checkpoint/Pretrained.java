package dev.elbo.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The model that comes with the program: the default configuration trained on MNIST by itself. */
public final class Pretrained {
  /** How it is called to people. */
  public static final String NAME = "the pretrained MNIST model inside the program";

  private static final String MODEL = "mnist.safetensors";
  private static final String MIXTURE = "mnist-mixture.safetensors";

  private Pretrained() {}

  public static TensorFile read() {
    return read(MODEL);
  }

  /** The mixture of its aggregate posterior, fitted to MNIST's training images. */
  public static MixtureFile mixture() {
    return MixtureFile.of(read(MIXTURE), MIXTURE);
  }

  private static TensorFile read(String resource) {
    try (InputStream in = Pretrained.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return SafeTensors.read(in, NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
