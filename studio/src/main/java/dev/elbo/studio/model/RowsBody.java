package dev.elbo.studio.model;

import dev.elbo.InputException;
import dev.elbo.picture.GreyImageReader;
import dev.elbo.studio.http.MediaType;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** The rows of a request's body, in any of the three formats. */
final class RowsBody {
  /** Before it is decoded: 16 MB of colours. */
  private static final long MOST_PIXELS = 4_000_000;

  private static final List<String> FITS = List.of("whole", "mnist");

  private RowsBody() {}

  /**
   * @param height of an image, for PNG
   */
  static Rows of(Request request, byte[] body, RowsShape shape, int height, int width)
      throws IOException {
    MediaType type = request.given();
    if (type == MediaType.JSON) {
      return RowsJson.read(body, shape);
    }
    float[] values =
        type == MediaType.PNG ? png(request, body, height, width) : floats(body, shape);
    int count = values.length / shape.columns();
    return new Rows(count, values, labels(request, shape, count));
  }

  private static float[] floats(byte[] body, RowsShape shape) {
    int rowBytes = shape.columns() * Float.BYTES;
    if (body.length == 0) {
      throw shape.none();
    }
    if (body.length % rowBytes != 0) {
      throw Problem.badValue(
          shape.field(),
          "%s: expected a multiple of %d bytes (float32, %d each), found %d bytes"
              .formatted(shape.field(), rowBytes, shape.columns(), body.length));
    }
    if (body.length / rowBytes > shape.mostRows()) {
      throw shape.tooMany();
    }
    float[] values = new float[body.length / Float.BYTES];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (int i = 0; i < values.length; i++) {
      shape.checked(values[i], i / shape.columns(), i % shape.columns());
    }
    return values;
  }

  private static float[] png(Request request, byte[] body, int height, int width) {
    boolean centred = request.word("fit", FITS).equals("mnist");
    try {
      return GreyImageReader.png(body, "body", MOST_PIXELS, height, width, centred);
    } catch (InputException refused) {
      throw Problem.badValue("body", refused.getMessage());
    }
  }

  private static int[] labels(Request request, RowsShape shape, int count) {
    if (!shape.conditional()) {
      return Rows.NO_LABELS;
    }
    int[] labels = new int[count];
    Arrays.fill(labels, (int) request.required("label", 0, shape.classes() - 1));
    return labels;
  }
}
