package dev.elbo.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The model that comes with the program: the default configuration trained on MNIST by itself. */
public final class Pretrained {
  /** How it is called to people. */
  public static final String NAME = "the pretrained MNIST model inside the program";

  private static final String RESOURCE = "mnist.safetensors";

  private Pretrained() {}

  public static TensorFile read() {
    try (InputStream in = Pretrained.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return SafeTensors.read(in, NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
