package dev.elbo.studio.run;

import dev.elbo.InputException;
import dev.elbo.checkpoint.RunLock;
import dev.elbo.data.DataSet;
import dev.elbo.model.Config;
import dev.elbo.studio.http.Problem;
import dev.elbo.training.Resumption;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import dev.elbo.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The trainings of this process, one at a time, and what is known of those of others. */
public final class Trainings implements AutoCloseable {
  /** A step takes milliseconds; the test set at an epoch's end may take some seconds. */
  private static final long PATIENCE_MILLIS = 20_000;

  /** The default batch of 128 has 16 tiles of 8 rows; more threads would find none to do. */
  private static final int MOST_THREADS = 16;

  private final Path runs;
  private final LocalData data;
  private final int threads;
  private final TrainingCompany company;

  /** The last session of each run that was trained here. */
  private final SortedMap<Path, Session> sessions = new TreeMap<>();

  private Session current;
  private boolean isClosed;

  /**
   * @param runs the folder in which new runs begin
   * @param data where data sets may lie, before the usual places
   * @param threads to compute with
   */
  public Trainings(Path runs, Optional<Path> data, int threads, TrainingCompany company) {
    this.runs = runs;
    this.data = new LocalData(data);
    this.threads = threads;
    this.company = company;
  }

  /** The threads that a training of this machine has unless told otherwise. */
  public static int usualThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  Path runs() {
    return runs;
  }

  LocalData data() {
    return data;
  }

  /**
   * Trains on a thread of its own; it can be stopped from now on, also while it loads its data.
   *
   * @param folder of the run
   * @param opening makes the run
   * @return when training has begun
   * @throws InputException where it cannot begin
   * @throws Problem 409 while another training lasts
   */
  public Session begin(RunFolder folder, Supplier<TrainingRun> opening) {
    Path early = place(folder);
    Session session;
    Session before;
    synchronized (this) {
      if (isClosed || (current != null && current.isTraining())) {
        throw Problem.conflict(
            "training: expected none under way, found one; pause or stop it, or wait for its end");
      }
      session = Session.begin(opening, company);
      current = session;
      before = sessions.put(early, session);
    }
    try {
      session.folder();
    } catch (RuntimeException e) {
      putBack(early, before);
      throw e;
    }
    synchronized (this) {
      // The place of a new directory is known for certain when it is there.
      sessions.remove(early);
      sessions.put(place(folder), session);
    }
    return session;
  }

  /** A run that could not be gone on with is what it was. */
  private synchronized void putBack(Path place, Session before) {
    if (before == null) {
      sessions.remove(place);
    } else {
      sessions.put(place, before);
    }
  }

  /** Begins a run in a new directory. */
  RunFolder start(NewTraining wanted) {
    RunFolder folder = RunFolder.newIn(runs);
    return begin(folder, () -> wanted.open(folder, data, threads)).folder();
  }

  /** Goes on with a run where it stopped. */
  void resume(RunFolder run) {
    begin(
        run,
        () -> {
          try (Resumption resumption = Resumption.open(run, notice -> {})) {
            if (resumption.isFinished()) {
              throw new InputException("run: expected one that can go on, found it finished");
            }
            Config config = resumption.config();
            Optional<Path> before = resumption.dataLocation().filter(Files::isDirectory);
            DataSet set =
                WarmUp.during(
                    config, () -> data.loadAgain(config.dataset(), before, config.seed()));
            return resumption.resume(set, threads);
          }
        });
  }

  /**
   * Stops a training of this process after its step, and waits until all is saved.
   *
   * @param as what it is to be then
   * @throws Problem 409 where this process does not train it
   */
  RunState stop(RunFolder run, RunState as) {
    Session session = lastOf(run).orElse(null);
    if (session == null || !(session.isTraining() || session.state() == RunState.PAUSED)) {
      throw Problem.conflict(
          RunLock.isHeld(run.path())
              ? "run: expected one that this studio trains, found one of another process; stop it there with Ctrl-C"
              : "run: expected one that is training, found none; resume it first");
    }
    session.stop(as);
    session.await(PATIENCE_MILLIS);
    return session.state();
  }

  private synchronized Optional<Session> sessionOf(RunFolder run) {
    return Optional.ofNullable(sessions.get(place(run)));
  }

  /** The last training of a run, if it was here: what it came to is no more so once it went on. */
  private Optional<Session> lastOf(RunFolder run) {
    return sessionOf(run).filter(session -> session.isTraining() || session.isLastOf(run));
  }

  /** The same however the folder was named, as by {@code runs/latest}. */
  private static Path place(RunFolder run) {
    try {
      return run.path().toRealPath();
    } catch (IOException gone) {
      return run.path().toAbsolutePath().normalize();
    }
  }

  /** Whether this process trains it. */
  boolean trainsHere(RunFolder run) {
    return sessionOf(run).filter(Session::isTraining).isPresent();
  }

  /**
   * Its state as far as this process knows it: a training, and what the last one came to; nothing
   * where it may have gone on elsewhere since.
   */
  Optional<RunState> state(RunFolder run) {
    return lastOf(run).map(Session::state);
  }

  /** Why its last training here failed, if it did. */
  Optional<String> failure(RunFolder run) {
    return lastOf(run).flatMap(Session::failure);
  }

  /** Asks what is under way to stop and to save. */
  public synchronized void stop() {
    isClosed = true;
    if (current != null) {
      current.stop(RunState.STOPPED);
    }
  }

  /** Returns when what was under way is saved. */
  @Override
  public void close() {
    stop();
    Session last;
    synchronized (this) {
      last = current;
    }
    if (last != null) {
      last.await(Long.MAX_VALUE);
    }
  }
}
