package dev.elbo.data;

import java.util.List;

/** What one of the files of a data set holds, by the name that it is published under. */
public enum Role {
  TRAIN_IMAGES("train-images-idx3-ubyte", 3),
  TRAIN_LABELS("train-labels-idx1-ubyte", 1),
  TEST_IMAGES("t10k-images-idx3-ubyte", 3),
  TEST_LABELS("t10k-labels-idx1-ubyte", 1),
  TRAIN_TEXT("binarized_mnist_train.amat", 0),
  VALIDATION_TEXT("binarized_mnist_valid.amat", 0),
  TEST_TEXT("binarized_mnist_test.amat", 0);

  /** The four IDX files of a data set like MNIST. */
  public static final List<Role> IDX =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  /** The three texts of a binarized one. */
  static final List<Role> TEXTS = List.of(TRAIN_TEXT, VALIDATION_TEXT, TEST_TEXT);

  private final String fileName;
  private final int rank;

  Role(String fileName, int rank) {
    this.fileName = fileName;
    this.rank = rank;
  }

  /** Without {@code .gz}. */
  public String fileName() {
    return fileName;
  }

  /** How many dimensions the file has: 3 for images, 1 for labels; 0 for a text. */
  public int rank() {
    return rank;
  }

  boolean isText() {
    return rank == 0;
  }
}
