package dev.elbo.studio.model;

import dev.elbo.latent.Codes;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.Parameter;
import dev.elbo.studio.http.Payload;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** What models do with images and codes. */
public final class InferenceRoutes implements RoutePart {
  private static final String MODEL = "/api/v1/models/{id}";

  private static final Parameter LABEL =
      new Parameter(
          "label", "integer", "", "the class of all of them, for a conditional model and bytes");
  private static final Parameter FIT =
      new Parameter(
          "fit", "string", "whole", "whole, or mnist: a PNG centred as MNIST's digits are");
  private static final Parameter COLUMNS =
      new Parameter("columns", "integer", "", "of the grid, for PNG");
  private static final Parameter SCALE =
      new Parameter("scale", "integer", "", "of the grid, 1 to 8, for PNG");

  private final Models models;

  public InferenceRoutes(Models models) {
    this.models = models;
  }

  @Override
  public List<Route> routes() {
    Payload[] images = {Payload.json("Images"), Payload.floats(), Payload.png()};
    return List.of(
        Route.post(
                MODEL + "/encode",
                "Posteriors of images; as float32 the mean, then the log-variance of each",
                this::encode)
            .parameters(LABEL, FIT)
            .takes(images)
            .gives(Payload.json("Posteriors"), Payload.floats()),
        Route.post(MODEL + "/decode", "Images decoded from codes", this::decode)
            .parameters(LABEL, COLUMNS, SCALE)
            .takes(Payload.json("Codes"), Payload.floats())
            .gives(images),
        Route.post(
                MODEL + "/reconstruct",
                "Images decoded from the means of the posteriors of images",
                this::reconstruct)
            .parameters(LABEL, FIT, COLUMNS, SCALE)
            .takes(images)
            .gives(images),
        Route.post(
                MODEL + "/score",
                "ELBO, its two terms and the rank among test images, nats per image",
                this::score)
            .parameters(LABEL, FIT)
            .takes(images)
            .gives(Payload.json("Scores")),
        Route.post(
                MODEL + "/inspect",
                "One image: reconstruction, draws, posterior, nats, nearest test images",
                this::inspect)
            .parameters(LABEL, FIT)
            .takes(images)
            .gives(Payload.json("Inspection")));
  }

  private Answer encode(Request request) throws IOException {
    ServedModel model = models.of(request);
    request.wanted();
    RowsShape shape = RowsShape.codes(model.vae());
    Codes codes = infer(model, request, images(model), Batcher.Arrival::encode);
    requireFinite(codes.mu(), shape);
    return Bodies.codes(request, codes);
  }

  private Answer decode(Request request) throws IOException {
    ServedModel model = models.of(request);
    RowsShape shape = RowsShape.codes(model.vae());
    return pictures(model, request, shape, Batcher.Arrival::decode);
  }

  private Answer reconstruct(Request request) throws IOException {
    ServedModel model = models.of(request);
    return pictures(model, request, images(model), Batcher.Arrival::reconstruct);
  }

  private static Answer pictures(
      ServedModel model,
      Request request,
      RowsShape shape,
      BiFunction<Batcher.Arrival, Rows, CompletableFuture<float[]>> task)
      throws IOException {
    request.wanted();
    float[] images = infer(model, request, shape, task);
    requireFinite(images, shape);
    return Bodies.images(request, images, model.file().height(), model.file().width());
  }

  private Answer score(Request request) throws IOException {
    ServedModel model = models.of(request);
    request.wanted();
    Scores scores = infer(model, request, images(model), Batcher.Arrival::score);
    requireFinite(scores);
    model.metrics().scored(scores);
    Optional<TestImages> test = model.testImages();
    return Bodies.json(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("scores");
          for (int i = 0; i < scores.kl().length; i++) {
            out.writeStartObject();
            ScoreFields.write(out, scores, i, test);
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private Answer inspect(Request request) throws IOException {
    ServedModel model = models.of(request);
    request.wanted();
    byte[] body = request.body();
    Rows image;
    Scores scores;
    try (Batcher.Arrival arrival = model.batcher().arrive()) {
      image = rows(model, request, body, images(model).one());
      scores = Inferring.await(arrival.score(image));
    }
    requireFinite(scores);
    model.metrics().scored(scores);
    Inspection inspection = Inspection.of(model, image, scores);
    return Bodies.json(inspection::writeTo);
  }

  private static RowsShape images(ServedModel model) {
    return RowsShape.images(model.vae());
  }

  private static <R> R infer(
      ServedModel model,
      Request request,
      RowsShape shape,
      BiFunction<Batcher.Arrival, Rows, CompletableFuture<R>> task)
      throws IOException {
    // Read first: a client that sends slowly keeps nobody waiting.
    byte[] body = request.body();
    try (Batcher.Arrival arrival = model.batcher().arrive()) {
      return Inferring.await(task.apply(arrival, rows(model, request, body, shape)));
    }
  }

  private static Rows rows(ServedModel model, Request request, byte[] body, RowsShape shape)
      throws IOException {
    return RowsBody.of(request, body, shape, model.file().height(), model.file().width());
  }

  private static void requireFinite(Scores scores) {
    for (int i = 0; i < scores.kl().length; i++) {
      if (!Double.isFinite(scores.elbo(i))) {
        throw notFinite("images");
      }
    }
  }

  private static void requireFinite(float[] values, RowsShape shape) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw notFinite(shape.field());
      }
    }
  }

  private static Problem notFinite(String field) {
    return Problem.badValue(
        field, field + ": expected some that the model has finite numbers for, found others");
  }
}
