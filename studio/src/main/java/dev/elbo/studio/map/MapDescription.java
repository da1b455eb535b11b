package dev.elbo.studio.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.studio.http.Json;

/** What the API says of a map. */
public final class MapDescription {
  private MapDescription() {}

  /**
   * Without a t-SNE, which is added as {@code tsne}.
   *
   * @param count of points
   * @param trustworthiness NaN where it is not known
   */
  public static ObjectNode of(PrincipalMap principal, int count, double trustworthiness) {
    ObjectNode object = Json.object().put("count", count);
    ObjectNode pca = object.putObject("pca");
    putNumber(pca, "trustworthiness", trustworthiness);
    ArrayNode axes = pca.putArray("axes");
    for (double[] axis : principal.plane().axes()) {
      fill(axes.addArray(), axis);
    }
    fill(pca.putArray("centre"), principal.plane().centre());
    return object;
  }

  public static ObjectNode ready(TsneMap map) {
    ObjectNode object = tsne("ready", 1, map.map().count());
    putNumber(object, "trustworthiness", map.trustworthiness());
    putNumber(object, "divergence", map.divergence());
    return object;
  }

  /**
   * @param count of points that it would show
   */
  public static ObjectNode absent(int count) {
    return tsne("absent", 0, count);
  }

  static ObjectNode of(TsneState state, int count) {
    if (state instanceof TsneState.Ready ready) {
      return ready(ready.map());
    }
    return state instanceof TsneState.Running running
        ? tsne("running", running.progress(), count)
        : absent(count);
  }

  private static ObjectNode tsne(String state, double progress, int count) {
    return Json.object().put("state", state).put("progress", progress).put("count", count);
  }

  /** Null where it is not known. */
  private static void putNumber(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }

  private static void fill(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }
}
