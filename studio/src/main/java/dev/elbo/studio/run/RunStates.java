package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.checkpoint.RunLock;
import dev.elbo.training.RunEvent;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What becomes of runs: those of this process by what it knows, all others by what lies in their
 * directories, which is all that a server that was started anew has.
 */
record RunStates(Trainings trainings) {
  /** Longer than the sentence of a failure with its names of files. */
  private static final int TAIL = 1 << 14;

  /** A state, and a sentence where it needs one. */
  record Known(RunState state, Optional<String> text) {}

  Known of(RunFolder run) {
    boolean isTraining = trainings.trainsHere(run) || RunLock.isHeld(run.path());
    if (isTraining) {
      return new Known(RunState.TRAINING, Optional.empty());
    }
    try {
      if (isFinished(run)) {
        return new Known(RunState.FINISHED, Optional.empty());
      }
    } catch (InputException damaged) {
      return new Known(RunState.FAILED, Optional.of(damaged.getMessage()));
    }
    Optional<RunState> here = trainings.state(run);
    if (here.equals(Optional.of(RunState.PAUSED))) {
      return new Known(RunState.PAUSED, Optional.empty());
    }
    Optional<String> failure = trainings.failure(run).or(() -> failure(run));
    return failure.isPresent()
        ? new Known(RunState.FAILED, failure)
        : new Known(RunState.STOPPED, Optional.empty());
  }

  /** A run that was extended has the model of its first end, until its second. */
  private static boolean isFinished(RunFolder run) {
    if (!Files.exists(run.model())) {
      return false;
    }
    RunSummary summary = RunSummary.of(run);
    return summary.epochs() >= summary.config().epochs()
        || summary.config().schedule().patience() > 0;
  }

  /** That of a training which could not go on, if it was the last thing that happened. */
  private static Optional<String> failure(RunFolder run) {
    try (RandomAccessFile file = new RandomAccessFile(run.events().toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      String text = new String(tail, StandardCharsets.UTF_8).stripTrailing();
      return RunEvent.parse(text.substring(text.lastIndexOf('\n') + 1))
          .filter(event -> event.name().equals(RunEvent.FAILURE))
          .map(event -> event.data().path("text").asText());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Its state as part of a document. */
  void describe(RunFolder run, ObjectNode into) {
    Known known = of(run);
    into.put("state", known.state().toString());
    into.put("elsewhere", known.state() == RunState.TRAINING && !trainings.trainsHere(run));
    known.text().ifPresent(text -> into.put("text", text));
  }

  /** Whether it began or stopped here since it was described; costs nothing to ask. */
  boolean changedHere(RunFolder run, JsonNode described) {
    boolean wasTrainingHere =
        described.path("state").asText().equals(RunState.TRAINING.toString())
            && !described.path("elsewhere").asBoolean();
    return wasTrainingHere != trainings.trainsHere(run);
  }
}
