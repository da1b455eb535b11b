package dev.elbo.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The child's side of the protocol, a line each way: {@code prepare WORK} is answered by {@code
 * ready}, {@code run STEPS MILLISECONDS} by {@code ran STEPS NANOSECONDS LOSS}, anything that fails
 * by {@code failed WHY}. The first line, {@code hello WHO}, comes unasked. The end of the input
 * ends the child.
 */
public final class PeerLoop {
  /** Makes work ready. */
  public interface Engine {
    /** Who computes, and with how many threads. */
    String description();

    Task prepare(Work work);
  }

  private PeerLoop() {}

  public static void serve(Engine engine) throws IOException {
    PrintStream answers = System.out;
    // What natives and their wrappers print must not mix with the answers.
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println("hello " + engine.description());
    answers.flush();
    Task task = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        if (line.startsWith("prepare ")) {
          if (task != null) {
            task.close();
          }
          task = engine.prepare(Work.parse(line.substring(line.indexOf(' ') + 1)));
          answers.println("ready");
        } else {
          String[] word = line.split(" ");
          Lap lap = task.run(Integer.parseInt(word[1]), 1_000_000L * Long.parseLong(word[2]));
          answers.println(lap.line());
        }
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        e.printStackTrace();
        answers.println("failed " + String.valueOf(e).replace('\n', ' '));
      }
      answers.flush();
    }
    System.exit(0);
  }
}
