package dev.elbo.data;

import dev.elbo.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of somebody's own IDX files under MNIST's four names, packed or not. Training images are
 * required. Labels are given for every part or for none: half-labelled data is an error rather than
 * labels silently dropped. Without test images a share is held out, see {@link HeldOut}.
 */
record IdxFolder(Path folder) {
  private static final String WAY_OUT = "write the file anew or give another folder";

  /** Whether any of the four names is there, so that an incomplete folder is not mistaken. */
  boolean holdsIdx() {
    return Role.IDX.stream().anyMatch(role -> file(role).isPresent());
  }

  /** The files there are, in the order of {@link Role}. */
  List<Path> files() {
    return Role.IDX.stream().flatMap(role -> file(role).stream()).toList();
  }

  /** Both parts; {@code seed} matters only where there are no test images. */
  HeldOut read(long seed) {
    requireWith(Role.TRAIN_IMAGES, Role.IDX.stream());
    if (!holdsIdx()) {
      throw new InputException(
          folder
              + ": expected "
              + Role.TRAIN_IMAGES.fileName()
              + "[.gz] in it, found none; add it or give another folder");
    }
    requireWith(Role.TEST_IMAGES, Stream.of(Role.TEST_LABELS));
    Images train = images(Role.TRAIN_IMAGES, Role.TRAIN_LABELS);
    if (file(Role.TEST_IMAGES).isEmpty()) {
      if (train.count() < 2) {
        throw new InputException(
            pathOf(Role.TRAIN_IMAGES)
                + ": expected at least 2 images, one to hold out for testing,"
                + " found 1; add images or a test file "
                + Role.TEST_IMAGES.fileName());
      }
      return HeldOut.of(train, seed);
    }
    requireWith(Role.TEST_LABELS, Stream.of(Role.TRAIN_LABELS));
    requireWith(Role.TRAIN_LABELS, Stream.of(Role.TEST_LABELS));
    Images test = images(Role.TEST_IMAGES, Role.TEST_LABELS);
    if (test.height() != train.height() || test.width() != train.width()) {
      throw new InputException(
          pathOf(Role.TEST_IMAGES)
              + ": expected images of "
              + shape(train)
              + " as in "
              + pathOf(Role.TRAIN_IMAGES).getFileName()
              + ", found "
              + shape(test)
              + "; "
              + WAY_OUT);
    }
    return new HeldOut(train, test);
  }

  private Images images(Role images, Role labels) {
    return Idx.images(pathOf(images), file(labels), WAY_OUT);
  }

  private void requireWith(Role wanted, Stream<Role> companions) {
    if (file(wanted).isPresent()) {
      return;
    }
    companions
        .flatMap(role -> file(role).stream())
        .findFirst()
        .ifPresent(
            companion -> {
              throw new InputException(
                  folder
                      + ": expected "
                      + wanted.fileName()
                      + "[.gz] beside "
                      + companion.getFileName()
                      + ", found none; add it or remove the other");
            });
  }

  private Path pathOf(Role role) {
    return file(role).orElseThrow();
  }

  private Optional<Path> file(Role role) {
    return Locator.candidates(folder, role).stream().filter(Locator::isThere).findFirst();
  }

  private static String shape(Images images) {
    return images.height() + "×" + images.width();
  }
}
