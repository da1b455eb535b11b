package dev.elbo.studio.map;

import dev.elbo.map.Cloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Points of a map as they are sent: float32 x, float32 y, uint8 label, little-endian. */
public final class MapPoints {
  /** Bytes of a point. */
  public static final int BYTES = 9;

  private static final byte NO_LABEL = (byte) 255;

  private MapPoints() {}

  /**
   * @param labels of the points and perhaps of more behind them
   */
  public static byte[] encode(Cloud map, Optional<byte[]> labels) {
    ByteBuffer bytes = ByteBuffer.allocate(map.count() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < map.count(); i++) {
      bytes.putFloat(map.at(i, 0)).putFloat(map.at(i, 1));
      bytes.put(labels.isPresent() ? labels.get()[i] : NO_LABEL);
    }
    return bytes.array();
  }
}
