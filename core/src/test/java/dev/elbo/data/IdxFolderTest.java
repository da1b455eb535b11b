package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  @TempDir Path folder;

  @Test
  void imagesOfAnySizeWithBothParts() {
    put(Role.TRAIN_IMAGES, IdxBytes.images(5, 3, 7, 0));
    put(Role.TEST_IMAGES, IdxBytes.gzip(IdxBytes.images(2, 3, 7, 1)));
    HeldOut parts = new IdxFolder(folder).read(0);
    assertThat(parts.train().count()).isEqualTo(5);
    assertThat(parts.train().labels()).isEmpty();
    assertThat(parts.test().pixels()).isEqualTo(IdxBytes.pattern(42, 1));
  }

  @Test
  void withoutATestPartAShareIsHeldOutByTheSeed() {
    put(Role.TRAIN_IMAGES, IdxBytes.images(70, 1, 3, 0));
    put(Role.TRAIN_LABELS, IdxBytes.labels(70));
    HeldOut zero = new IdxFolder(folder).read(0);
    assertThat(zero.train().count()).isEqualTo(60);
    assertThat(zero.test().count()).isEqualTo(10);
    assertThat(new IdxFolder(folder).read(0).test().pixels()).isEqualTo(zero.test().pixels());
    assertThat(new IdxFolder(folder).read(1).test().pixels()).isNotEqualTo(zero.test().pixels());
  }

  @Test
  void labelsWithoutImagesAreAnError() {
    put(Role.TRAIN_LABELS, IdxBytes.labels(5));
    fails(
        folder
            + ": expected train-images-idx3-ubyte[.gz] beside train-labels-idx1-ubyte,"
            + " found none; add it or remove the other");
    put(Role.TRAIN_IMAGES, IdxBytes.images(5, 2, 2, 0));
    put(Role.TEST_LABELS, IdxBytes.labels(5));
    fails("expected t10k-images-idx3-ubyte[.gz] beside t10k-labels-idx1-ubyte");
  }

  @Test
  void testImagesAloneAreAnError() {
    put(Role.TEST_IMAGES, IdxBytes.images(5, 2, 2, 0));
    assertThat(new IdxFolder(folder).holdsIdx()).isTrue();
    fails("expected train-images-idx3-ubyte[.gz] beside t10k-images-idx3-ubyte, found none");
  }

  @Test
  void labelsForOnePartOnlyAreAnError() {
    put(Role.TRAIN_IMAGES, IdxBytes.images(5, 2, 2, 0));
    put(Role.TEST_IMAGES, IdxBytes.images(5, 2, 2, 0));
    Path labels = put(Role.TRAIN_LABELS, IdxBytes.labels(5));
    fails("expected t10k-labels-idx1-ubyte[.gz] beside train-labels-idx1-ubyte");
    assertThat(labels.toFile().delete()).isTrue();
    put(Role.TEST_LABELS, IdxBytes.labels(5));
    fails("expected train-labels-idx1-ubyte[.gz] beside t10k-labels-idx1-ubyte");
  }

  @Test
  void bothPartsMustHaveImagesOfOneSize() {
    put(Role.TRAIN_IMAGES, IdxBytes.images(5, 4, 3, 0));
    Path test = put(Role.TEST_IMAGES, IdxBytes.images(5, 3, 4, 0));
    fails(
        test
            + ": expected images of 4×3 as in train-images-idx3-ubyte, found 3×4;"
            + " write the file anew or give another folder");
  }

  @Test
  void oneImageCannotBeSplit() {
    put(Role.TRAIN_IMAGES, IdxBytes.images(1, 4, 3, 0));
    fails("expected at least 2 images, one to hold out for testing, found 1");
  }

  private Path put(Role role, byte[] bytes) {
    return IdxBytes.write(folder.resolve(role.fileName()), bytes);
  }

  private void fails(String message) {
    assertThatThrownBy(() -> new IdxFolder(folder).read(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
