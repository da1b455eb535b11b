package dev.elbo.studio.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Images;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.MediaType;
import dev.elbo.studio.http.Parameter;
import dev.elbo.studio.http.Payload;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What models are, and what they hold. */
public final class ModelRoutes implements RoutePart {
  private static final String MODEL = "/api/v1/models/{id}";
  private static final int MOST_DIGITS = 10_000;
  private static final int LONGEST_WAIT = 30;

  private final Models models;

  public ModelRoutes(Models models) {
    this.models = models;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/models", "The models that are served", this::list)
            .gives(Payload.json("Models")),
        Route.get(MODEL, "A model, its latent dimensions and its decoder's layout", this::model)
            .parameters(
                new Parameter(
                    "wait",
                    "integer",
                    "0",
                    "seconds to wait for the images that the dimensions are measured on, 0 to 30"))
            .gives(Payload.json("Model")),
        Route.get(
                MODEL + "/sample",
                "Images decoded from draws of the prior or mixture",
                this::sample)
            .parameters(
                new Parameter("sampler", "string", "prior", "prior or mixture"),
                new Parameter("n", "integer", "64", "how many"),
                new Parameter("seed", "integer", "0", "the same request gives the same bytes"),
                new Parameter("offset", "integer", "0", "the number of the first draw"),
                new Parameter("temperature", "number", "1", "factor on deviations, 0 to 10"),
                new Parameter("label", "integer", "", "draws of one class alone"),
                new Parameter("columns", "integer", "", "of the grid, for PNG"),
                new Parameter("scale", "integer", "", "of the grid, 1 to 8, for PNG"))
            .gives(Payload.json("Samples"), Payload.floats(), Payload.png()),
        Route.get(
                MODEL + "/weights",
                "The decoder's weights, float32, laid out as the model's decoder says",
                request -> Bodies.floats(DecoderLayout.of(models.of(request).file()).weights()))
            .gives(Payload.floats()),
        Route.get(
                MODEL + "/digits",
                "Images of the map; as bytes, height times width for each",
                this::digits)
            .parameters(
                new Parameter(
                    "from", "integer", "0", "the first, of test images before training images"),
                new Parameter("count", "integer", "100", "how many, at most 10,000"))
            .gives(Payload.json("Digits"), Payload.floats()),
        Route.get(
                MODEL + "/codes",
                "Posterior means of the map's images, float32",
                request -> Bodies.floats(models.of(request).requireMapImages().codes().mu()))
            .gives(Payload.floats()));
  }

  private Answer list(Request request) {
    ObjectNode object = Json.object();
    ArrayNode array = object.putArray("models");
    models.all().forEach(model -> array.add(ModelDescription.brief(model)));
    return Answer.json(object);
  }

  private Answer model(Request request) {
    ServedModel model = models.of(request);
    model.awaitTestImages(request.whole("wait", 0, 0, LONGEST_WAIT));
    return Answer.json(ModelDescription.whole(model, DecoderLayout.of(model.file())));
  }

  private Answer sample(Request request) throws IOException {
    ServedModel model = models.of(request);
    MediaType wanted = request.wanted();
    Rows codes = new Draws(model, request).codes();
    float[] images = Inferring.decode(model, codes);
    int height = model.file().height();
    int width = model.file().width();
    if (wanted != MediaType.JSON) {
      return Bodies.images(request, images, height, width);
    }
    return Bodies.json(
        out -> {
          out.writeStartObject();
          Bodies.rows(out, "codes", codes.values(), codes.columns());
          Bodies.rows(out, "images", images, height * width);
          if (codes.labels().length > 0) {
            out.writeFieldName("labels");
            out.writeArray(codes.labels(), 0, codes.count());
          }
          out.writeEndObject();
        });
  }

  private Answer digits(Request request) {
    MapImages map = models.of(request).requireMapImages();
    Images images = map.images();
    int from = (int) request.whole("from", 0, 0, Math.max(0, images.count() - 1));
    int asked = (int) request.whole("count", 100, 1, MOST_DIGITS);
    int count = Math.min(asked, images.count() - from);
    int size = images.size();
    if (request.wanted() == MediaType.FLOATS) {
      return Answer.bytes(
          MediaType.FLOATS,
          Arrays.copyOfRange(images.pixels(), from * size, (from + count) * size));
    }
    return Bodies.json(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("digits");
          for (int i = from; i < from + count; i++) {
            out.writeStartObject();
            out.writeNumberField("index", i);
            if (images.labels().isPresent()) {
              out.writeNumberField("label", images.label(i));
            } else {
              out.writeNullField("label");
            }
            out.writeStringField("image", Bodies.base64(images.pixels(), i, size));
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
