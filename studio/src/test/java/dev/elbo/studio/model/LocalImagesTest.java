package dev.elbo.studio.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.PenDigits;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalImagesTest {
  private final ModelSource program = ModelSource.pretrained();

  /** The model inside the program as if it had been trained on such data. */
  private ModelSource trainedOn(String id, DataSet set) {
    ModelFile model = program.model();
    ModelFile other =
        new ModelFile(
            model.config().withDataset(set.name()),
            model.vae(),
            model.height(),
            model.width(),
            set.sha256(),
            model.step(),
            model.figures());
    return new ModelSource(id, id, program.file(), other, Optional.empty());
  }

  @Test
  void modelsOfOneDataSetShareItsImages() {
    DataSet pen = PenDigits.dataSet(program.model().config().seed());
    LocalImages local = new LocalImages(Optional.empty());
    LocalImages.Found first = local.of(trainedOn("a", pen)).orElseThrow();
    LocalImages.Found second = local.of(trainedOn("b", pen)).orElseThrow();
    assertThat(first.standsIn()).isFalse();
    assertThat(first.dataset()).isEqualTo(DataSets.PEN);
    assertThat(first.testCount()).isEqualTo(pen.test().count());
    assertThat(first.images().count()).isEqualTo(pen.test().count() + pen.train().count());
    assertThat(first.images().label(0)).isEqualTo(pen.test().label(0));
    assertThat(first.images().label(first.testCount())).isEqualTo(pen.train().label(0));
    assertThat(second.images()).isSameAs(first.images());
  }

  @Test
  void modelsWhoseDataIsNotHereShareWhatStandsIn() {
    DataSet pen = PenDigits.dataSet(program.model().config().seed());
    DataSet gone = new DataSet("folder", pen.train(), pen.test(), "0".repeat(64), "nowhere");
    LocalImages local = new LocalImages(Optional.empty());
    LocalImages.Found first = local.of(trainedOn("a", gone)).orElseThrow();
    assertThat(first.standsIn()).isTrue();
    assertThat(local.of(trainedOn("b", gone)).orElseThrow().images()).isSameAs(first.images());
  }
}
