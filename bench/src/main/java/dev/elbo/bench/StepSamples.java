package dev.elbo.bench;

import dev.elbo.bench.peer.Lap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** How often the JVM's profiler met the threads of a training in each phase of a step. */
final class StepSamples {
  private static final String EVENT = "jdk.ExecutionSample";
  private static final Duration PERIOD = Duration.ofMillis(10);

  private final Lap lap;
  private final Map<StepPhase, Integer> counts = new EnumMap<>(StepPhase.class);
  private int count;

  private StepSamples(Lap lap) {
    this.lap = lap;
  }

  /** Runs steps and samples the threads of the training meanwhile. */
  static StepSamples during(Supplier<Lap> steps) {
    try (Recording recording = new Recording()) {
      recording.enable(EVENT).withPeriod(PERIOD);
      recording.start();
      StepSamples samples = new StepSamples(steps.get());
      recording.stop();
      Path file = Files.createTempFile("elbo-bench", ".jfr");
      try {
        recording.dump(file);
        RecordingFile.readAllEvents(file).forEach(samples::add);
      } finally {
        Files.delete(file);
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(RecordedEvent event) {
    if (!event.getEventType().getName().equals(EVENT) || event.getStackTrace() == null) {
      return;
    }
    StepPhase phase = null;
    boolean training = false;
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      RecordedMethod method = frame.getMethod();
      String type = method.getType().getName();
      training |= type.startsWith("dev.elbo.training.") || type.startsWith("dev.elbo.tensor.");
      if (phase == null && type.startsWith("dev.elbo.")) {
        phase = StepPhase.of(type, method.getName());
      }
    }
    if (training || phase == StepPhase.WAITING) {
      counts.merge(phase == null ? StepPhase.OTHER : phase, 1, Integer::sum);
      count++;
    }
  }

  Lap lap() {
    return lap;
  }

  int count() {
    return count;
  }

  /** Of all samples; 0 to 1. */
  double share(StepPhase phase) {
    return count == 0 ? 0 : (double) counts.getOrDefault(phase, 0) / count;
  }
}
