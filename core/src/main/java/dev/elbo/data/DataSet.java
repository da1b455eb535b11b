package dev.elbo.data;

import dev.elbo.InputException;
import java.util.Optional;

/**
 * A training set and a test set of images of one size.
 *
 * @param name how the data set is called in configurations and results, such as {@code mnist}
 * @param validation what its makers set apart, if they did
 * @param sha256 digest of the contents (sizes, pixels and labels of both parts), the same wherever
 *     and however compressed the files lie
 * @param location where it was found or made, for people: a folder, or "generated"
 */
public record DataSet(
    String name,
    Images train,
    Optional<Images> validation,
    Images test,
    String sha256,
    String location) {

  /** Without a validation part of its own. */
  public DataSet(String name, Images train, Images test, String sha256, String location) {
    this(name, train, Optional.empty(), test, sha256, location);
  }

  public DataSet {
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new InputException(
          "%s: expected test images of the size of the training images (%d×%d), found %d×%d"
              .formatted(name, train.height(), train.width(), test.height(), test.width()));
    }
  }

  /** Whether its pixels are 0 or 1 as published. */
  public boolean isBinarized() {
    return name.equals(KnownDataSet.BINARIZED_MNIST.name());
  }

  public DataSet withTest(Images other) {
    return new DataSet(name, train, validation, other, sha256, location);
  }
}
