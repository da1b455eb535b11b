package dev.elbo.studio.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.elbo.latent.Codes;
import dev.elbo.picture.ImageGrid;
import dev.elbo.picture.Png;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.MediaType;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Answers of images and codes, in the format that the request wants. */
final class Bodies {
  private static final long MOST_PIXELS = 16_000_000;
  private static final int MOST_COLUMNS = 100;

  private Bodies() {}

  static Answer images(Request request, float[] images, int height, int width) throws IOException {
    return switch (request.wanted()) {
      case FLOATS -> floats(images);
      case PNG -> png(request, images, height, width);
      default ->
          json(
              out -> {
                out.writeStartObject();
                rows(out, "images", images, height * width);
                out.writeEndObject();
              });
    };
  }

  static Answer codes(Request request, Codes codes) {
    int latent = codes.latentSize();
    if (request.wanted() == MediaType.FLOATS) {
      float[] both = new float[2 * codes.mu().length];
      for (int i = 0; i < codes.count(); i++) {
        System.arraycopy(codes.mu(), i * latent, both, 2 * i * latent, latent);
        System.arraycopy(codes.logVar(), i * latent, both, (2 * i + 1) * latent, latent);
      }
      return floats(both);
    }
    return json(
        out -> {
          out.writeStartObject();
          rows(out, "mean", codes.mu(), latent);
          rows(out, "log_variance", codes.logVar(), latent);
          out.writeEndObject();
        });
  }

  static Answer json(Json.Writing writing) {
    return Answer.bytes(MediaType.JSON, Json.write(writing));
  }

  /** Little-endian. */
  static Answer floats(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Answer.bytes(MediaType.FLOATS, bytes.array());
  }

  static Answer png(Request request, float[] images, int height, int width) throws IOException {
    int count = images.length / (height * width);
    int square = (int) Math.ceil(Math.sqrt(count));
    int columns = (int) request.whole("columns", Math.min(square, MOST_COLUMNS), 1, MOST_COLUMNS);
    int scale = (int) request.whole("scale", ImageGrid.comfortableScale(height, width), 1, 8);
    long pixels = (long) images.length * scale * scale;
    if (pixels > MOST_PIXELS) {
      throw Problem.badValue(
          "scale",
          "scale: expected a picture of at most %d pixels, found %d; ask for fewer images or a smaller scale"
              .formatted(MOST_PIXELS, pixels));
    }
    return Answer.bytes(
        MediaType.PNG, Png.bytes(new ImageGrid(height, width, columns, scale).draw(images)));
  }

  /** A field of rows. */
  static void rows(JsonGenerator out, String field, float[] values, int columns)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (int from = 0; from < values.length; from += columns) {
      out.writeStartArray();
      for (int j = from; j < from + columns; j++) {
        out.writeNumber(values[j]);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  static void numbers(JsonGenerator out, String field, double[] values) throws IOException {
    out.writeArrayFieldStart(field);
    for (double value : values) {
      out.writeNumber(value);
    }
    out.writeEndArray();
  }

  static void numbers(JsonGenerator out, String field, float[] values) throws IOException {
    out.writeArrayFieldStart(field);
    for (float value : values) {
      out.writeNumber(value);
    }
    out.writeEndArray();
  }

  /** One of several images as base64 of a byte a pixel, 0 black and 255 white. */
  static String base64(float[] images, int image, int size) {
    byte[] bytes = new byte[size];
    for (int j = 0; j < size; j++) {
      float value = Math.max(0, Math.min(1, images[image * size + j]));
      bytes[j] = (byte) (value * 255f + 0.5f);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String base64(byte[] pixels, int image, int size) {
    ByteBuffer part = ByteBuffer.wrap(pixels, image * size, size).slice();
    byte[] bytes = new byte[size];
    part.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
