package dev.elbo.tensor;

import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which recorded operations run: phases with barriers between, in each of which every
 * operation works row by row. An operation stands in the first phase in which its inputs are
 * complete, and its way back in the first in which its output's gradient is. Where no operation
 * reads across rows that is one phase, forward and back.
 */
final class Replay {
  private final Team team;
  private final List<List<Sweep>> phases = new ArrayList<>();
  private int forwardPhases;

  Replay(Team team) {
    this.team = team;
  }

  /** Places an operation, and notes with its output in which phase. */
  void add(Operation operation) {
    List<Tensor> inputs = operation.inputs();
    int phase = 0;
    for (int i = 0; i < inputs.size(); i++) {
      boolean waits = operation instanceof AcrossRows wide && wide.readsAllRowsOf(i);
      phase = Math.max(phase, inputs.get(i).phase() + (waits ? 1 : 0));
    }
    operation.output().computedIn(phase);
    sweep(phase, operation.output().axis()).addForward(operation);
    forwardPhases = Math.max(forwardPhases, phase + 1);
  }

  /**
   * @param parts in the order in which they are to run
   */
  void addBackward(Tensor loss, List<BackwardPart> parts) {
    sweep(loss.phase(), loss.axis()).beginAt(loss);
    parts.forEach(part -> sweep(part.phase(), part.axis()).addBackward(part));
  }

  private Sweep sweep(int phase, RowAxis axis) {
    while (phases.size() <= phase) {
      phases.add(new ArrayList<>());
    }
    List<Sweep> sweeps = phases.get(phase);
    for (Sweep sweep : sweeps) {
      if (sweep.axis().isSweptWith(axis)) {
        return sweep;
      }
    }
    Sweep added = new Sweep(axis);
    sweeps.add(added);
    return added;
  }

  void start(int images) {
    // By index: an iterator would be garbage.
    for (int phase = 0; phase < phases.size(); phase++) {
      List<Sweep> sweeps = phases.get(phase);
      for (int i = 0; i < sweeps.size(); i++) {
        sweeps.get(i).start(images, team.size());
      }
    }
  }

  /** What one worker does; all of them together go through every phase. */
  void run(boolean learning) {
    int last = learning ? phases.size() : forwardPhases;
    for (int phase = 0; phase < last; phase++) {
      if (phase > 0) {
        team.barrier();
      }
      List<Sweep> sweeps = phases.get(phase);
      for (int i = 0; i < sweeps.size(); i++) {
        sweeps.get(i).run(learning);
      }
    }
  }
}
