package dev.elbo.studio.run;

import dev.elbo.InputException;
import dev.elbo.training.HeapTrim;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingEvent;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A training of this process on a thread of its own, from its beginning to its next stop. */
public final class Session {
  private final TrainingCompany company;
  private final CompletableFuture<RunFolder> begun = new CompletableFuture<>();
  private final CountDownLatch done = new CountDownLatch(1);

  /** What it shall be when it stops; null where it shall not. */
  private volatile RunState wish;

  private volatile RunState state = RunState.TRAINING;
  private volatile String failure;

  /** What the run's environment was when it began here: whoever goes on with it adds to that. */
  private volatile String environment = "";

  private Session(TrainingCompany company) {
    this.company = company;
  }

  /**
   * @param opening makes the run, on the thread that will train it
   */
  static Session begin(Supplier<TrainingRun> opening, TrainingCompany company) {
    Session session = new Session(company);
    Thread thread = new Thread(() -> session.train(opening), "elbo-training");
    thread.setDaemon(true);
    thread.start();
    return session;
  }

  private void train(Supplier<TrainingRun> opening) {
    RunState end = RunState.FAILED;
    Throwable problem = new IllegalStateException("training: it ended before it had begun");
    try (TrainingRun run = opening.get()) {
      environment = environment(run.folder());
      company.began(run);
      begun.complete(run.folder());
      Consumer<TrainingEvent> listener = company::told;
      boolean ended =
          run.train(
              listener.andThen(new HeapTrim()), () -> wish != null, () -> company.finishing(run));
      end = ended ? RunState.FINISHED : wish;
      company.ended(run, end);
    } catch (InputException e) {
      end = RunState.FAILED;
      problem = e;
      failure = e.getMessage();
    } catch (OutOfMemoryError e) {
      end = RunState.FAILED;
      failure = "memory: expected more than Java has, found it used up; choose a smaller model";
      problem = new InputException(failure, e);
    } catch (RuntimeException | Error e) {
      end = RunState.FAILED;
      problem = e;
      failure = "an error of Elbo's own, told where the studio was started";
      e.printStackTrace();
    } finally {
      // Only now has the run's lock been let go, so that who waited can go on with it.
      state = end;
      done.countDown();
      begun.completeExceptionally(problem);
    }
  }

  /** Whether nobody has gone on with the run since it began here. */
  boolean isLastOf(RunFolder run) {
    return environment.equals(environment(run));
  }

  private static String environment(RunFolder run) {
    try {
      return Files.readString(run.environment());
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Waits until training has begun, and gives its directory.
   *
   * @throws InputException where it cannot
   */
  RunFolder folder() {
    try {
      return begun.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InputException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  public RunState state() {
    return state;
  }

  boolean isTraining() {
    return state == RunState.TRAINING;
  }

  /** Why it failed, if it did. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Asks it to stop after its step; one that is paused is stopped by the word. */
  void stop(RunState as) {
    wish = as;
    if (state == RunState.PAUSED) {
      state = as;
    }
  }

  /** Waits until it has stopped and all is saved; returns whether it has. */
  public boolean await(long milliseconds) {
    try {
      return done.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
