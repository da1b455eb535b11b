package dev.elbo.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data set of a few images, published on mirrors of the test's own. */
record TinySet(KnownDataSet known, Map<Role, byte[]> plain, Map<Role, byte[]> packed) {

  static TinySet of(String name, int salt, URI... mirrors) {
    Map<Role, byte[]> plain = new EnumMap<>(Role.class);
    plain.put(Role.TRAIN_IMAGES, IdxBytes.images(20, 4, 4, salt));
    plain.put(Role.TRAIN_LABELS, IdxBytes.labels(20));
    plain.put(Role.TEST_IMAGES, IdxBytes.images(10, 4, 4, salt + 1));
    plain.put(Role.TEST_LABELS, IdxBytes.labels(10));
    Map<Role, byte[]> packed = new EnumMap<>(Role.class);
    List<KnownFile> files = new ArrayList<>();
    for (Role role : Role.IDX) {
      byte[] bytes = plain.get(role);
      byte[] gzip = IdxBytes.gzip(bytes);
      packed.put(role, gzip);
      files.add(new KnownFile(role, gzip.length, Sha256.of(gzip), bytes.length, Sha256.of(bytes)));
    }
    String content =
        ContentHash.of(
            new Images(20, 4, 4, IdxBytes.pattern(320, salt), Optional.of(digits(20))),
            new Images(10, 4, 4, IdxBytes.pattern(160, salt + 1), Optional.of(digits(10))));
    return new TinySet(
        new KnownDataSet(name, "a few images", files, List.of(mirrors), content), plain, packed);
  }

  KnownFile file(Role role) {
    return known.files().get(role.ordinal());
  }

  void putPlain(Path folder) {
    plain.forEach((role, bytes) -> IdxBytes.write(folder.resolve(role.fileName()), bytes));
  }

  void putPacked(Path folder) {
    packed.forEach((role, bytes) -> IdxBytes.write(folder.resolve(role.fileName() + ".gz"), bytes));
  }

  private static byte[] digits(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return labels;
  }
}
