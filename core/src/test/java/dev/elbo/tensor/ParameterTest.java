package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.kernel.Matrix;
import org.junit.jupiter.api.Test;

class ParameterTest {
  @Test
  void aWeightIsOutByInForFilesAndInByOutInMemory() {
    Parameter weight = Parameter.weight("w", 3, 2);
    weight.set(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(weight.shape()).containsExactly(2, 3);
    assertThat(weight.size()).isEqualTo(6);
    assertThat(weight.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(weight.stride()).isEqualTo(16);
    assertThat(weight.values()[0]).isEqualTo(1);
    assertThat(weight.values()[1]).isEqualTo(4);
    assertThat(weight.values()[16]).isEqualTo(2);
    assertThat(weight.values()[17]).isEqualTo(5);
  }

  @Test
  void aBiasIsOneRow() {
    Parameter bias = Parameter.bias("b", 20);
    assertThat(bias.shape()).containsExactly(20);
    assertThat(bias.rows()).isEqualTo(1);
    assertThat(bias.stride()).isEqualTo(32);
    assertThat(bias.isWeight()).isFalse();
  }

  @Test
  void theTransposedCopyFollowsChanges() {
    Parameter weight = Parameter.weight("w", 3, 2);
    weight.set(new float[] {1, 2, 3, 4, 5, 6});
    Matrix copy = weight.transposedCopy();
    assertThat(copy.values()[0]).isEqualTo(1);
    assertThat(copy.values()[2]).isEqualTo(3);
    assertThat(copy.values()[16]).isEqualTo(4);
    weight.values()[16 + 1] = 50;
    weight.changed(1, 2);
    assertThat(copy.values()[16 + 1]).isEqualTo(50);
    weight.set(new float[] {7, 0, 0, 0, 0, 8});
    assertThat(copy.values()[0]).isEqualTo(7);
    assertThat(copy.values()[16 + 2]).isEqualTo(8);
  }

  @Test
  void aMomentHasTheShapeAndNoValues() {
    Parameter weight = Parameter.weight("w", 3, 2);
    weight.set(new float[] {1, 2, 3, 4, 5, 6});
    Parameter moment = weight.like("adam.first.");
    assertThat(moment.name()).isEqualTo("adam.first.w");
    assertThat(moment.shape()).isEqualTo(weight.shape());
    assertThat(moment.toArray()).containsOnly(0);
  }

  @Test
  void valuesOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> Parameter.weight("w", 3, 2).set(new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w: from.length (=5) must be 6");
  }
}
