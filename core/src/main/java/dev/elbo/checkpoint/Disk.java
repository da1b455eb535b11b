package dev.elbo.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The one seam through which everything that must outlive a crash is changed. A test stands in here
 * to stop between operations, to lose what was not forced, and to fail.
 */
public interface Disk {

  /** Creates or overwrites a file and forces its content, but not its name, to the device. */
  void write(Path file, byte[] bytes) throws IOException;

  /** Adds to the end of a file, created if need be, and forces its content. */
  void append(Path file, byte[] bytes) throws IOException;

  /** Cuts a file to its first {@code size} bytes and forces that. */
  void truncate(Path file, long size) throws IOException;

  /** Moves a file to another name of the same file system in one step, over what was there. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Creates one folder if it is not there; its parent must be. */
  void createFolder(Path folder) throws IOException;

  /** Forces the names in a folder to the device: files created, renamed and deleted in it. */
  void forceFolder(Path folder) throws IOException;
}
