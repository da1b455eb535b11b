package dev.elbo.cli;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether this machine can draw text; small containers often cannot. */
final class Fonts {
  private Fonts() {}

  /**
   * Measures a letter. Without fonts, fontconfig or freetype the JDK answers with an InternalError,
   * a LinkageError or a NullPointerException, depending on its version and on what is missing.
   */
  static boolean present() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      return graphics.getFontMetrics(font).stringWidth("e") > 0;
    } catch (InternalError | LinkageError | RuntimeException missing) {
      return false;
    } finally {
      graphics.dispose();
    }
  }
}
