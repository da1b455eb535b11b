package dev.elbo.picture;

import dev.elbo.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a user's PNG, JPEG, GIF or BMP as a grey image of a wanted size. An image of another size
 * is fitted into it by area averaging, its shape kept, in the middle of background. Dark on light
 * (border mean above one half) is inverted, as models are trained on light ink.
 */
public final class GreyImageReader {
  private static final long MEGA = 1_000_000;
  private static final long LARGEST = 64 * MEGA;
  private static final List<String> FORMATS = List.of("png", "jpeg", "gif", "bmp");
  private static final String TRUNCATED = "Truncated File";

  private GreyImageReader() {}

  static {
    ImageIO.setUseCache(false);
  }

  public static GreyImage read(Path file, int height, int width) {
    // A folder, a pipe or a device would be read without end or not at all.
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s: expected an image file, found %s; give the path of a PNG, JPEG, GIF or BMP"
              .formatted(file, Files.exists(file) ? "something that is no file" : "nothing there"));
    }
    String name = file.toString();
    GreyPixels source;
    try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
      source = new GreyPixels(decode(input, name, FORMATS, LARGEST));
    } catch (IOException broken) {
      throw broken(name, broken);
    }
    boolean invert = source.borderMean() > 0.5;
    float[] pixels = fit(source, height, width, invert);
    return new GreyImage(height, width, pixels, note(name, source, height, width, invert));
  }

  /**
   * A PNG that somebody sent.
   *
   * @param name how it is called in errors
   * @param largest the most pixels it may have
   * @param centred whether it is placed as MNIST's digits are, see {@link CentredInk}
   * @return [height · width], 0 for background
   */
  public static float[] png(
      byte[] bytes, String name, long largest, int height, int width, boolean centred) {
    GreyPixels source;
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      source = new GreyPixels(decode(input, name, List.of("png"), largest));
    } catch (IOException broken) {
      throw broken(name, broken);
    }
    boolean invert = source.borderMean() > 0.5;
    return centred
        ? CentredInk.of(source, invert, height, width)
        : fit(source, height, width, invert);
  }

  private static BufferedImage decode(
      ImageInputStream input, String name, List<String> formats, long largest) throws IOException {
    if (input == null) {
      throw new IOException("cannot be opened");
    }
    ImageReader reader = reader(name, input, formats);
    try {
      reader.setInput(input, true, true);
      // A file of 35 bytes can ask for 8.6 GB: the header is looked at before any pixel.
      long size = (long) reader.getWidth(0) * reader.getHeight(0);
      if (size > largest) {
        throw new InputException(
            "%s: expected at most %d megapixels, found %d×%d; make the image smaller"
                .formatted(name, largest / MEGA, reader.getWidth(0), reader.getHeight(0)));
      }
      return readWhole(reader);
    } catch (InputException refused) {
      throw refused;
    } catch (RuntimeException damaged) {
      // The decoders of the JDK answer a damaged file with runtime exceptions of many kinds.
      throw broken(name, damaged);
    } finally {
      reader.dispose();
    }
  }

  private static InputException broken(String name, Exception cause) {
    return new InputException(
        ("%s: expected a whole PNG, JPEG, GIF or BMP, found one that cannot be read (%s);"
                + " save it anew")
            .formatted(name, reason(cause)),
        cause);
  }

  /** The JPEG decoder fills what is missing with grey and only warns; that is refused too. */
  private static BufferedImage readWhole(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      if (warning.startsWith(TRUNCATED)) {
        throw new IOException(warning);
      }
    }
    return image;
  }

  private static ImageReader reader(String name, ImageInputStream input, List<String> formats)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (formats.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new InputException(
        "%s: expected a %s image, found another kind of file; convert it first"
            .formatted(name, formats.size() == 1 ? "PNG" : "PNG, JPEG, GIF or BMP"));
  }

  private static float[] fit(GreyPixels source, int height, int width, boolean invert) {
    double ratio = Math.min((double) height / source.height, (double) width / source.width);
    int fittedHeight = Math.max(1, (int) Math.round(source.height * ratio));
    int fittedWidth = Math.max(1, (int) Math.round(source.width * ratio));
    double[] fitted = AreaAverage.resize(source, fittedHeight, fittedWidth);
    float[] pixels = new float[height * width];
    int top = (height - fittedHeight) / 2;
    int left = (width - fittedWidth) / 2;
    for (int y = 0; y < fittedHeight; y++) {
      for (int x = 0; x < fittedWidth; x++) {
        double value = Math.min(1, Math.max(0, fitted[y * fittedWidth + x]));
        pixels[(top + y) * width + left + x] = (float) (invert ? 1 - value : value);
      }
    }
    return pixels;
  }

  private static Optional<String> note(
      String name, GreyPixels source, int height, int width, boolean invert) {
    boolean resized = source.height != height || source.width != width;
    if (!resized && !invert) {
      return Optional.empty();
    }
    String size =
        resized
            ? "fitted from %d×%d into %d×%d".formatted(source.width, source.height, width, height)
            : "";
    String ink = invert ? "inverted (it is dark on light, the model light on dark)" : "";
    return Optional.of(name + ": " + size + (resized && invert ? " and " : "") + ink);
  }

  private static String reason(Exception broken) {
    String message = broken.getMessage();
    return message == null || message.isBlank()
        ? broken.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow().strip();
  }
}
