package dev.elbo.data;

import java.util.Locale;

/**
 * What is made of grey pixels before a model sees them. A likelihood of one kind of pixels says
 * nothing about another, so the name stands beside every figure.
 */
public enum Binarization {
  /** Nothing: a pixel is level/255. */
  GREY,
  /** A pixel is 1 with probability level/255, drawn anew each epoch; of test images once. */
  DYNAMIC,
  /** As the published files say: the data set comes binarized. */
  STATIC,
  /** 1 where the level is above 127. */
  THRESHOLD;

  private static final int MIDDLE = 127;
  private static final int FULL = 255;

  /**
   * Test images as a model of this binarization sees them; draws are fixed by the seed. Grey images
   * for a static model are cut in the middle.
   */
  public Images ofTest(Images images, long seed) {
    return of(images, PixelDraws.Part.TEST, seed);
  }

  Images of(Images images, PixelDraws.Part part, long seed) {
    if (this == GREY) {
      return images;
    }
    PixelDraws draws = new PixelDraws(seed, part);
    int size = images.size();
    byte[] pixels = new byte[images.pixels().length];
    for (int i = 0; i < images.count(); i++) {
      PixelDraws.OfImage image = draws.image(i);
      for (int j = 0; j < size; j++) {
        int level = images.pixels()[i * size + j] & 0xff;
        boolean on = this == DYNAMIC ? image.isOn(j, level) : level > MIDDLE;
        pixels[i * size + j] = (byte) (on ? FULL : 0);
      }
    }
    return new Images(images.count(), images.height(), images.width(), pixels, images.labels());
  }

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
