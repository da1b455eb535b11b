package dev.elbo.studio.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.latent.Codes;
import dev.elbo.tensor.Noise;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one image.
 *
 * @param decoded the reconstruction from the posterior's mean, then the draws, [1 + draws, pixels]
 */
record Inspection(Rows image, Scores scores, float[] decoded, Optional<TestImages> test) {
  static final int DRAWS = 8;
  private static final int NEAREST = 5;

  static Inspection of(ServedModel model, Rows image, Scores scores) {
    float[] codes = codes(scores.codes());
    int[] labels = Rows.NO_LABELS;
    if (image.labels().length > 0) {
      labels = new int[1 + DRAWS];
      Arrays.fill(labels, image.label(0));
    }
    float[] decoded = Inferring.decode(model, new Rows(1 + DRAWS, codes, labels));
    return new Inspection(image, scores, decoded, model.testImages());
  }

  /** The mean and draws of the posterior; always of the same noise, so that live views are calm. */
  private static float[] codes(Codes posterior) {
    int latent = posterior.latentSize();
    float[] codes = new float[(1 + DRAWS) * latent];
    System.arraycopy(posterior.mu(), 0, codes, 0, latent);
    Kernels kernels = Kernels.plain();
    Noise noise = Noise.of(0).at(Noise.Purpose.POSTERIOR);
    float[] deviation = new float[latent];
    float[] z = new float[latent];
    for (int draw = 1; draw <= DRAWS; draw++) {
      kernels.normals(noise.at(draw).key(), deviation, 0, latent);
      kernels.reparameterize(posterior.mu(), posterior.logVar(), deviation, z, 0, latent);
      System.arraycopy(z, 0, codes, draw * latent, latent);
    }
    return codes;
  }

  void writeTo(JsonGenerator out) throws IOException {
    int size = image.columns();
    out.writeStartObject();
    out.writeStringField("image", Bodies.base64(image.values(), 0, size));
    out.writeStringField("reconstruction", Bodies.base64(decoded, 0, size));
    out.writeArrayFieldStart("draws");
    for (int draw = 1; draw <= DRAWS; draw++) {
      out.writeString(Bodies.base64(decoded, draw, size));
    }
    out.writeEndArray();
    Bodies.numbers(out, "mean", scores.codes().mu());
    Bodies.numbers(out, "log_variance", scores.codes().logVar());
    Bodies.numbers(out, "kl_per_dimension", CodesOf.klPerDimension(scores.codes(), 0));
    out.writeNumberField("reconstruction_nats", scores.reconstruction()[0]);
    out.writeNumberField("kl", scores.kl()[0]);
    out.writeNumberField("elbo", scores.elbo(0));
    if (test.isPresent()) {
      out.writeNumberField("percentile", test.get().percentile(scores.elbo(0)));
    } else {
      out.writeNullField("percentile");
    }
    out.writeArrayFieldStart("nearest");
    if (test.isPresent()) {
      nearest(out, test.get(), size);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void nearest(JsonGenerator out, TestImages test, int size) throws IOException {
    Images images = test.images();
    List<TestImages.Neighbour> nearest = test.nearest(scores.codes().mu(), NEAREST);
    for (TestImages.Neighbour neighbour : nearest) {
      int index = neighbour.index();
      out.writeStartObject();
      out.writeNumberField("index", index);
      if (images.labels().isPresent()) {
        out.writeNumberField("label", images.label(index));
      } else {
        out.writeNullField("label");
      }
      out.writeNumberField("distance", neighbour.distance());
      out.writeStringField("image", Bodies.base64(images.pixels(), index, size));
      out.writeEndObject();
    }
  }
}
