package dev.elbo.studio.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** How a score reads in JSON. */
final class ScoreFields {
  private ScoreFields() {}

  static void write(JsonGenerator out, Scores scores, int image, Optional<TestImages> test)
      throws IOException {
    out.writeNumberField("elbo", scores.elbo(image));
    out.writeNumberField("reconstruction", scores.reconstruction()[image]);
    out.writeNumberField("kl", scores.kl()[image]);
    Bodies.numbers(out, "kl_per_dimension", CodesOf.klPerDimension(scores.codes(), image));
    if (test.isPresent()) {
      out.writeNumberField("percentile", test.get().percentile(scores.elbo(image)));
    } else {
      out.writeNullField("percentile");
    }
  }
}
