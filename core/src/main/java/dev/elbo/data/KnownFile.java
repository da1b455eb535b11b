package dev.elbo.data;

/**
 * A published file: how long it is and its SHA-256, as distributed (IDX packed with gzip, texts as
 * they are) and unpacked.
 *
 * @param gzipSha256 what a download must match
 * @param sha256 what the unpacked contents must match, wherever the file was found
 */
public record KnownFile(Role role, long gzipBytes, String gzipSha256, long bytes, String sha256) {

  /** The name under which mirrors serve it and the cache keeps it. */
  public String gzipName() {
    return role.isText() ? role.fileName() : role.fileName() + ".gz";
  }

  /** A text, which is distributed unpacked. */
  static KnownFile text(Role role, long bytes, String sha256) {
    return new KnownFile(role, bytes, sha256, bytes, sha256);
  }
}
