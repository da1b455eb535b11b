package dev.elbo.studio.explorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.studio.http.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the page asks a server for, as bytes: the same answers, of the first images of the map.
 *
 * @param model as {@code /models/{id}} describes it
 * @param map as {@code /models/{id}/map} describes it
 * @param weights of the decoder
 * @param means of the posteriors, [count, latent]
 * @param logVariances of the posteriors, [count, latent]
 * @param digits a byte a pixel
 * @param principal nine bytes a point
 * @param tsne nine bytes a point; empty where none is kept
 */
record ExplorerContent(
    ObjectNode model,
    ObjectNode map,
    float[] weights,
    float[] means,
    float[] logVariances,
    byte[] digits,
    byte[] principal,
    byte[] tsne) {

  /** JSON that may stand in a page: no character of it can end the element around it. */
  String json() {
    ObjectNode content = Json.object();
    content.set("model", model);
    content.set("map", map);
    content
        .putObject("bytes")
        .put("weights", base64(weights))
        .put("codes", base64(means))
        .put("log_variances", base64(logVariances))
        .put("digits", base64(digits))
        .put("pca", base64(principal))
        .put("tsne", base64(tsne));
    return new String(Json.bytes(content), StandardCharsets.UTF_8).replace("<", "\\u003c");
  }

  private static String base64(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return base64(bytes.array());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
