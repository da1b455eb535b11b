package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.picture.ImageGrid;
import dev.elbo.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags of commands that draw a picture, and its file. */
final class PictureOutput {
  private static final int LARGEST_SCALE = 64;

  /** A picture of 200 million pixels is a slip, not a wish. */
  private static final long MOST_PIXELS = 200_000_000;

  @Option(names = "--out", order = 121, paramLabel = "FILE", description = "the picture's file")
  private Path out;

  @Option(
      names = "--scale",
      order = 123,
      paramLabel = "N",
      description = "each pixel becomes N×N (chosen by the image size)")
  private Integer scale;

  @Option(names = "--quiet", order = 140, description = "no remarks")
  private boolean quiet;

  @Option(names = "--json", order = 141, description = "print the result as JSON")
  private boolean json;

  Console console() {
    return Console.of(quiet);
  }

  boolean json() {
    return json;
  }

  ImageGrid grid(int height, int width, int columns, long images) {
    int used = scale == null ? ImageGrid.comfortableScale(height, width) : scale;
    checkRange("--scale", used, 1, LARGEST_SCALE);
    if (images * height * width * used * used > MOST_PIXELS) {
      throw new InputException(
          "--scale: expected a picture of at most %d pixels, found %d images of %d×%d at scale %d; ask for less"
              .formatted(MOST_PIXELS, images, height, width, used));
    }
    return new ImageGrid(height, width, columns, used);
  }

  static void checkRange(String flag, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InputException(
          "%s: expected a whole number from %d to %d, found %d; change it"
              .formatted(flag, least, most, value));
    }
  }

  /** Writes the picture and returns its path. */
  Path write(BufferedImage picture, String defaultName) {
    Path file = out == null ? Path.of(defaultName) : out;
    try {
      new DurableFiles(new LocalDisk()).write(file, Png.bytes(picture));
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be drawn", e);
    }
    return file;
  }
}
