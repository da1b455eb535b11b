package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.studio.http.Access;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.Handler;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.MediaType;
import dev.elbo.studio.http.Parameter;
import dev.elbo.studio.http.Payload;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Trainings: those in a folder of run directories, and new ones. */
public final class RunRoutes implements RoutePart {
  private static final String RUNS = "/api/v1/runs";
  private static final String RUN = RUNS + "/{id}";

  /** Each has a thread of the server while it watches. */
  private static final int MOST_WATCHERS = 48;

  private final Trainings trainings;
  private final boolean mayStart;
  private final RunList list;
  private final RunStates states;
  private final RunReport report;
  private final Semaphore watchers = new Semaphore(MOST_WATCHERS);
  private volatile boolean over;

  /**
   * @param mayStart whether trainings can be started, or only watched
   */
  public RunRoutes(Trainings trainings, boolean mayStart) {
    this.trainings = trainings;
    this.mayStart = mayStart;
    this.list = new RunList(trainings.runs());
    this.states = new RunStates(trainings);
    this.report = new RunReport(list, states);
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get(RUNS, "All runs", readable(request -> Answer.json(report.all())))
            .gives(Payload.json("Runs")));
    routes.add(
        Route.get(RUN, "A run: configuration, state, metrics, pictures", readable(this::one))
            .gives(Payload.json("Run")));
    routes.add(
        Route.get(
                RUN + "/events",
                "What happens in a run, as server-sent events",
                readable(this::events))
            .parameters(
                new Parameter(
                    "after", "integer", "0", "as Last-Event-ID, for who cannot send that"))
            .gives(new Payload(MediaType.EVENTS, "")));
    routes.add(
        picture("reconstructions", "Test images and their reconstructions", RunFolder::picture));
    routes.add(picture("samples", "Images decoded from fixed draws", RunFolder::samples));
    routes.addAll(new ConfigRoutes(trainings.data()).routes());
    if (mayStart) {
      routes.add(
          Route.post(RUNS, "Starts a training", this::start)
              .access(Access.PAGE)
              .takes(Payload.json("NewRun"))
              .gives(Payload.json("RunId")));
      routes.add(control("pause", "Stops it after its step and saves", this::pause));
      routes.add(control("resume", "Goes on where it stopped", this::resume));
      routes.add(control("stop", "Stops it after its step and saves, for good", this::stop));
    }
    return List.copyOf(routes);
  }

  private interface Picture {
    Path of(RunFolder run, int epoch);
  }

  private interface Control {
    RunState of(RunFolder run);
  }

  private Route picture(String name, String summary, Picture picture) {
    String path = RUN + "/epochs/{epoch}/" + name + ".png";
    return Route.get(
            path, summary + " after an epoch", readable(request -> picture(request, picture)))
        .gives(Payload.png());
  }

  private Route control(String name, String summary, Control control) {
    return Route.post(RUN + "/" + name, summary, readable(request -> control(request, control)))
        .access(Access.PAGE)
        .gives(Payload.json("RunState"));
  }

  /** What is wrong with the files of a run is said in one sentence. */
  private static Handler readable(Handler handler) {
    return request -> {
      try {
        return handler.answer(request);
      } catch (InputException e) {
        throw Problem.conflict(e.getMessage());
      }
    };
  }

  private Answer one(Request request) {
    return Answer.json(report.one(request.path("id"), list.of(request)));
  }

  private Answer picture(Request request, Picture picture) throws IOException {
    RunFolder run = list.of(request);
    String epoch = request.path("epoch");
    if (!epoch.matches("[1-9][0-9]{0,6}")) {
      throw Problem.notFound("epoch: expected a number from 1, found " + Request.shown(epoch));
    }
    try {
      Path file = picture.of(run, Integer.parseInt(epoch));
      return Answer.bytes(MediaType.PNG, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw Problem.notFound("epoch: expected one that has a picture, found " + epoch);
    }
  }

  private Answer events(Request request) {
    RunFolder run = list.of(request);
    RunSummary.of(run);
    long after = request.whole("after", 0, 0, Long.MAX_VALUE);
    if (request.header("Last-Event-ID").isPresent()) {
      after = lastEventId(request.header("Last-Event-ID").get());
    }
    if (!watchers.tryAcquire()) {
      throw Problem.busy(
          "events: expected at most %d watchers, found as many".formatted(MOST_WATCHERS));
    }
    EventStream stream = new EventStream(run, states, after, () -> over);
    return Answer.stream(
        MediaType.EVENTS,
        out -> {
          try {
            stream.writeTo(out);
          } finally {
            watchers.release();
          }
        });
  }

  private static long lastEventId(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.badValue(
          "Last-Event-ID",
          "Last-Event-ID: expected the id of an event, found " + Request.shown(text));
    }
    return Long.parseLong(text);
  }

  private Answer start(Request request) throws IOException {
    NewTraining wanted = NewTraining.of(request.json(), trainings.data());
    try {
      RunFolder run = trainings.start(wanted);
      return Answer.json(Json.object().put("id", list.idOf(run))).status(201);
    } catch (InputException e) {
      throw NewTraining.problem(e);
    }
  }

  private Answer control(Request request, Control control) {
    RunFolder run = list.of(request);
    RunState state = control.of(run);
    ObjectNode document = Json.object().put("id", request.path("id"));
    return Answer.json(document.put("state", state.toString()));
  }

  private RunState pause(RunFolder run) {
    return trainings.stop(run, RunState.PAUSED);
  }

  private RunState stop(RunFolder run) {
    return trainings.stop(run, RunState.STOPPED);
  }

  private RunState resume(RunFolder run) {
    trainings.resume(run);
    return RunState.TRAINING;
  }

  /** Ends what is watched, which would otherwise go on as long as the client likes. */
  @Override
  public void drain() {
    over = true;
    trainings.stop();
  }

  @Override
  public void close() {
    drain();
    trainings.close();
  }
}
