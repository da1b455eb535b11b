package dev.elbo.studio.map;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.data.PenDigits;
import dev.elbo.latent.Encoder;
import dev.elbo.model.Vae;
import dev.elbo.studio.model.MapImages;
import dev.elbo.studio.model.ModelSource;

/** Some pen digits as the model inside the program sees them. */
final class SmallMap {
  static final ModelSource MODEL = ModelSource.pretrained();

  private SmallMap() {}

  static MapImages images(int count) {
    return images(MODEL.model().vae(), count);
  }

  static MapImages images(Vae vae, int count) {
    Images digits = PenDigits.images(0, PenDigits.Part.TEST, 0, count);
    return new MapImages(
        "pen", true, digits, count, new Encoder(vae).encode(new Batches(digits), count));
  }
}
