package dev.elbo.studio.explorer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.map.Cloud;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.map.MapPoints;
import java.util.Optional;

/** A model of four pixels and two latent dimensions whose images can be computed in the head. */
public final class TinyExplorer {
  static final String NAME = "a tiny <model>";
  static final int COUNT = 40;

  private TinyExplorer() {}

  /** Pixel p is σ(w·z + b): the first follows z₀, the second −z₀, the third z₁, the fourth is ½. */
  private static final float[] WEIGHTS = {4, 0, -4, 0, 0, 4, 0, 0, 0, 0, 0, 0};

  /** Point i lies at (i − 20, (i mod 7) − 3)/8. */
  private static float[] codes() {
    float[] codes = new float[COUNT * 2];
    for (int i = 0; i < COUNT; i++) {
      codes[2 * i] = (i - 20) / 8f;
      codes[2 * i + 1] = (i % 7 - 3) / 8f;
    }
    return codes;
  }

  /** The file. */
  public static String page() {
    return ExplorerPage.of(content(), NAME);
  }

  static ExplorerContent content() {
    byte[] digits = new byte[COUNT * 4];
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      digits[4 * i] = (byte) (6 * i);
      labels[i] = (byte) (i % 3);
    }
    byte[] points = MapPoints.encode(new Cloud(COUNT, 2, codes()), Optional.of(labels));
    return new ExplorerContent(
        model(), map(), WEIGHTS, codes(), new float[COUNT * 2], digits, points, points);
  }

  private static ObjectNode model() {
    ObjectNode model =
        Json.object()
            .put("id", "tiny")
            .put("name", NAME)
            .put("height", 2)
            .put("width", 2)
            .put("latent_size", 2)
            .put("conditional", false)
            .put("output", "sigmoid");
    ArrayNode dimensions = model.putArray("dimensions");
    for (int index = 0; index < 2; index++) {
      dimensions
          .addObject()
          .put("index", index)
          .put("kl", 2.0 - index)
          .put("variance", 1.0)
          .put("active", true);
    }
    model.putArray("samplers").add("prior");
    model.putArray("classes").add("0").add("1").add("2");
    model.putObject("images").put("dataset", "pen").put("stands_in", true).put("count", COUNT);
    model
        .putArray("decoder")
        .addObject()
        .put("inputs", 2)
        .put("outputs", 4)
        .put("activation", "linear")
        .put("weight_offset", 0)
        .put("bias_offset", 8);
    return model;
  }

  private static ObjectNode map() {
    ObjectNode map = Json.object().put("count", COUNT);
    ObjectNode pca = map.putObject("pca").put("trustworthiness", 1.0);
    ArrayNode axes = pca.putArray("axes");
    axes.addArray().add(1.0).add(0.0);
    axes.addArray().add(0.0).add(1.0);
    pca.putArray("centre").add(0.0).add(0.0);
    map.putObject("tsne")
        .put("state", "ready")
        .put("progress", 1.0)
        .put("count", COUNT)
        .put("trustworthiness", 1.0);
    return map;
  }
}
