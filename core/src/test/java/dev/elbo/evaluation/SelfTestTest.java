package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.LabelConfig;
import dev.elbo.tensor.Parameter;
import org.junit.jupiter.api.Test;

class SelfTestTest {
  private final ModelFile model = ModelFile.of(Pretrained.read(), Pretrained.NAME);

  @Test
  void theModelInsideTheProgramGivesTheBitsThatItsFileSays() {
    assertThat(model.figures()).containsKey(SelfTest.FIGURE);
    String stored = model.figures().get(SelfTest.FIGURE);

    assertThat(Numbers.text(elbo(Kernels.plain()))).isEqualTo(stored);
    assertThat(Numbers.text(elbo(Kernels.best()))).isEqualTo(stored);
    assertThat(Double.parseDouble(stored)).isEqualTo(elbo(Kernels.plain()));
  }

  @Test
  void oneBiasThatIsOffByAThousandthChangesIt() {
    double before = elbo(Kernels.plain());
    Parameter output =
        model.vae().parameters().stream()
            .filter(parameter -> parameter.name().equals("output.bias"))
            .findFirst()
            .orElseThrow();
    float[] values = output.toArray();
    values[400] += 1e-3f;
    output.set(values);

    assertThat(elbo(Kernels.plain())).isNotEqualTo(before);
  }

  @Test
  void theImagesAreAQuarterInkOfAllLevelsAndOfEveryClass() {
    Images images = SelfTest.images(28, 28, new LabelConfig(true, 10));

    int ink = 0;
    boolean[] seen = new boolean[256];
    for (byte pixel : images.pixels()) {
      ink += pixel == 0 ? 0 : 1;
      seen[pixel & 0xff] = true;
    }
    assertThat(ink / (double) images.pixels().length).isBetween(0.23, 0.27);
    assertThat(seen).doesNotContain(false);
    assertThat(images.classes()).isEqualTo(10);
  }

  private double elbo(Kernels kernels) {
    return SelfTest.elbo(model.vae(), model.height(), model.width(), kernels);
  }
}
