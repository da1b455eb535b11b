package dev.elbo.data;

/** What one of the four IDX files of a data set holds, by MNIST's names. */
public enum Role {
  TRAIN_IMAGES("train-images-idx3-ubyte", 3),
  TRAIN_LABELS("train-labels-idx1-ubyte", 1),
  TEST_IMAGES("t10k-images-idx3-ubyte", 3),
  TEST_LABELS("t10k-labels-idx1-ubyte", 1);

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

  /** How many dimensions the file has: 3 for images, 1 for labels. */
  public int rank() {
    return rank;
  }
}
