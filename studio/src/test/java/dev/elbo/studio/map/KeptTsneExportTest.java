package dev.elbo.studio.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.PenDigits;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.map.Cloud;
import dev.elbo.studio.explorer.Explorer;
import dev.elbo.studio.model.MapImages;
import dev.elbo.studio.model.ModelAnswers;
import dev.elbo.studio.model.ModelSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a kept t-SNE gets into the file of the explorer. */
@Timeout(120)
class KeptTsneExportTest {
  private static final int MORE = TsneMap.POINTS + 1;

  @TempDir private Path folder;

  @Test
  void aTsneOfFewerImagesIsLeftOutAndTheReasonIsGiven() {
    Codes codes = new Codes(MORE, 1, new float[MORE], new float[MORE]);
    for (int i = 0; i < MORE; i++) {
      codes.mu()[i] = i / (float) MORE;
    }
    MapImages images =
        new MapImages("pen", true, PenDigits.images(0, PenDigits.Part.TEST, 0, MORE), MORE, codes);
    ModelAnswers model = answers(images);
    MapStore store = new MapStore(folder.resolve("map.safetensors"), "0".repeat(64), line -> {});
    try (Team team = new Team(1)) {
      assertThat(Explorer.of(model, store, 10, team).lack()).hasValue("elbo studio makes a t-SNE");
      Cloud means = PrincipalMap.of(images).means().first(TsneMap.POINTS);
      Cloud points = new Cloud(TsneMap.POINTS, 2, new float[2 * TsneMap.POINTS]);
      store.write(new TsneMap(points, 1, 1, TsneMap.Source.of(means, store)));
      assertThat(Explorer.of(model, store, 10, team).lack()).isEmpty();
      assertThat(Explorer.of(model, store, MORE, team).lack())
          .hasValue("its t-SNE shows 5,000 of them; --images 5000 takes it in");
    }
  }

  /** Those of the model inside the program, with other images. */
  private static ModelAnswers answers(MapImages images) {
    ModelAnswers whole = ModelAnswers.of(ModelSource.pretrained(), Optional.empty());
    return new ModelAnswers(whole.description(), whole.weights(), images);
  }
}
