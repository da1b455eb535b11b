package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** A file's contents, whether packed with gzip or not; the first bytes tell, not the name. */
final class Unpacked {
  private static final int INFLATE_BUFFER = 1 << 16;

  private Unpacked() {}

  static InputStream of(InputStream raw) throws IOException {
    PushbackInputStream peeked = new PushbackInputStream(raw, 2);
    byte[] start = peeked.readNBytes(2);
    peeked.unread(start);
    boolean packed = start.length == 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
    return packed ? new GZIPInputStream(peeked, INFLATE_BUFFER) : peeked;
  }
}
