package dev.elbo.picture;

/**
 * A drawing placed as MNIST's digits are (LeCun et al. 1998): its ink fitted into a box of 20/28 of
 * the image, its shape kept, and moved so that the centre of mass is the middle.
 */
final class CentredInk {
  private static final double BOX = 20.0 / 28;

  /** Fainter than that is paper. */
  private static final double INK = 0.1;

  private CentredInk() {}

  /** [height · width]; all background where there is no ink. */
  static float[] of(GreyPixels source, boolean invert, int height, int width) {
    int top = source.height;
    int bottom = -1;
    int left = source.width;
    int right = -1;
    for (int y = 0; y < source.height; y++) {
      for (int x = 0; x < source.width; x++) {
        if (ink(source.at(y, x), invert) > INK) {
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    float[] pixels = new float[height * width];
    if (bottom < 0) {
      return pixels;
    }
    GreyPixels drawn = source.window(top, left, bottom + 1 - top, right + 1 - left);
    double ratio = Math.min(BOX * height / drawn.height, BOX * width / drawn.width);
    int fittedHeight = Math.max(1, (int) Math.round(drawn.height * ratio));
    int fittedWidth = Math.max(1, (int) Math.round(drawn.width * ratio));
    double[] fitted = AreaAverage.resize(drawn, fittedHeight, fittedWidth);
    place(fitted, fittedHeight, fittedWidth, invert, pixels, height, width);
    return pixels;
  }

  private static void place(
      double[] fitted,
      int fittedHeight,
      int fittedWidth,
      boolean invert,
      float[] pixels,
      int height,
      int width) {
    double mass = 0;
    double down = 0;
    double across = 0;
    for (int i = 0; i < fitted.length; i++) {
      double ink = ink(fitted[i], invert);
      mass += ink;
      down += ink * (i / fittedWidth + 0.5);
      across += ink * (i % fittedWidth + 0.5);
    }
    int top = start(height, fittedHeight, down / mass);
    int left = start(width, fittedWidth, across / mass);
    for (int i = 0; i < fitted.length; i++) {
      int at = (top + i / fittedWidth) * width + left + i % fittedWidth;
      pixels[at] = (float) ink(fitted[i], invert);
    }
  }

  /** Where the box begins so that its centre of mass is the middle, kept inside the image. */
  private static int start(int size, int fitted, double centre) {
    int wanted = (int) Math.round(size / 2.0 - centre);
    return Math.max(0, Math.min(size - fitted, wanted));
  }

  private static double ink(double value, boolean invert) {
    double inside = Math.min(1, Math.max(0, value));
    return invert ? 1 - inside : inside;
  }
}
