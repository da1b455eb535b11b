package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6};
  private static final Images PLAIN = new Images(3, 1, 2, PIXELS, Optional.empty());
  private static final Images LABELLED =
      new Images(3, 1, 2, PIXELS, Optional.of(new byte[] {9, 8, 7}));

  @Test
  void theRuleIsTheOneInTheDocumentation() {
    // printf 'elbodata' + 3 3 1 2 1 0 as big-endian integers + 1..6 + 9 8 7 + 1..6 | sha256sum
    assertThat(ContentHash.of(LABELLED, PLAIN))
        .isEqualTo("e1df3868450893be1bf45deba89491ab7a3d9faf039e50f4ebe6e8a0314fed62");
  }

  @Test
  void shapeAndPresenceOfLabelsCount() {
    Images upright = new Images(3, 2, 1, PIXELS, Optional.empty());
    Images one = new Images(1, 1, 6, PIXELS, Optional.empty());
    assertThat(
            List.of(
                ContentHash.of(PLAIN, PLAIN),
                ContentHash.of(upright, upright),
                ContentHash.of(one, one),
                ContentHash.of(LABELLED, PLAIN),
                ContentHash.of(PLAIN, LABELLED)))
        .doesNotHaveDuplicates();
  }
}
