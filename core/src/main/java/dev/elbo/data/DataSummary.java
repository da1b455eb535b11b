package dev.elbo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a data set holds, as {@code elbo data NAME} reports it.
 *
 * @param sha256 the {@link ContentHash}
 * @param files where it lies, a line a file; empty for what is made in code
 */
public record DataSummary(
    String name,
    String location,
    String sha256,
    Part train,
    Optional<Part> validation,
    Part test,
    List<FileSum> files) {

  /**
   * One of the parts.
   *
   * @param mean of all pixels, on the scale from 0 to 1
   * @param classCounts images of class 0, 1, … up to the highest label; empty without labels
   */
  public record Part(int count, int height, int width, double mean, List<Integer> classCounts) {

    static Part of(Images images) {
      long sum = 0;
      for (byte pixel : images.pixels()) {
        sum += pixel & 0xff;
      }
      return new Part(
          images.count(),
          images.height(),
          images.width(),
          sum / (255.0 * images.pixels().length),
          classCounts(images));
    }

    private static List<Integer> classCounts(Images images) {
      List<Integer> counts = new ArrayList<>();
      if (images.labels().isPresent()) {
        for (int i = 0; i < images.count(); i++) {
          int label = images.label(i);
          while (counts.size() <= label) {
            counts.add(0);
          }
          counts.set(label, counts.get(label) + 1);
        }
      }
      return List.copyOf(counts);
    }
  }

  /** A file as it lies, packed or not, and its SHA-256. */
  public record FileSum(String path, long bytes, String sha256) {}
}
