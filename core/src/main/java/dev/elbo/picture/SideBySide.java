package dev.elbo.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/** Grids in one picture, from left to right, with a seam of black between. */
public final class SideBySide {
  private static final int SEAM = 12;

  private SideBySide() {}

  /**
   * @param grids grey and of one height
   */
  public static BufferedImage draw(List<BufferedImage> grids) {
    int width = SEAM * (grids.size() - 1);
    for (BufferedImage grid : grids) {
      width += grid.getWidth();
    }
    int height = grids.get(0).getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = picture.getRaster();
    int left = 0;
    for (BufferedImage grid : grids) {
      Raster from = grid.getRaster();
      raster.setRect(left, 0, from);
      left += grid.getWidth() + SEAM;
    }
    return picture;
  }
}
