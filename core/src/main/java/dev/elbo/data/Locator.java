package dev.elbo.data;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files of known data sets in folders, as {@code <folder>/<name>/<file>[.gz]} or {@code
 * <folder>/<file>[.gz]}. A file that is found must be the published one: a corrupt one is an error
 * that names it, never skipped. Only an intact file of <em>another</em> known data set is passed
 * over, and only where its folder does not claim this one's name.
 */
record Locator(List<Path> folders, List<KnownDataSet> known) {
  static final String WAY_OUT = "delete it and run again";

  /** The first place that has the file, verified. */
  Optional<Path> find(KnownDataSet set, KnownFile file) {
    for (Path folder : folders) {
      for (Path path : candidates(folder.resolve(set.name()), file.role())) {
        if (isThere(path)) {
          String found = contents(file, path);
          if (!found.equals(file.sha256())) {
            throw mismatch(set, file, path, found);
          }
          return Optional.of(path);
        }
      }
      for (Path path : candidates(folder, file.role())) {
        if (isThere(path)) {
          String found = contents(file, path);
          if (found.equals(file.sha256())) {
            return Optional.of(path);
          }
          if (!isKnown(found)) {
            throw mismatch(set, file, path, found);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The two names that a file may have in a folder, unpacked first. */
  static List<Path> candidates(Path folder, Role role) {
    return List.of(folder.resolve(role.fileName()), folder.resolve(role.fileName() + ".gz"));
  }

  /** Whether the folder has that name, be it for a file, a link to nowhere or a device. */
  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** SHA-256 of the file, unpacked; a file packed as published need not be unpacked to know it. */
  private static String contents(KnownFile file, Path path) {
    try {
      if (Idx.regularLength(path) == file.gzipBytes()
          && Sha256.of(path).equals(file.gzipSha256())) {
        return file.sha256();
      }
    } catch (IOException e) {
      throw new InputException(
          path + ": cannot be read (" + Reason.of(e) + "); make it readable or " + WAY_OUT, e);
    }
    return file.role().isText()
        ? Amat.read(path, file.bytes(), WAY_OUT).sha256()
        : Idx.read(path, file.role().rank(), WAY_OUT).sha256();
  }

  private boolean isKnown(String sha256) {
    return known.stream()
        .flatMap(set -> set.files().stream())
        .anyMatch(file -> file.sha256().equals(sha256));
  }

  private static InputException mismatch(
      KnownDataSet set, KnownFile file, Path path, String found) {
    return new InputException(
        path
            + ": expected "
            + set.name()
            + "'s file with SHA-256 "
            + file.sha256()
            + " after decompression, found "
            + found
            + "; "
            + WAY_OUT
            + ", or give your own images with --data and without --dataset");
  }
}
