package dev.elbo.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans the way back from a loss: which operations, in which phases, and who writes first. */
final class BackwardOrder {
  private final List<BackwardPart> parts = new ArrayList<>();

  /** In which phase a tensor's gradient is complete. */
  private final Map<Tensor, Integer> complete = new IdentityHashMap<>();

  /**
   * @param operations in the order of recording
   */
  BackwardOrder(List<Operation> operations, Tensor loss) {
    loss.wantGradient();
    complete.put(loss, loss.phase());
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      Integer phase = complete.get(operation.output());
      if (phase != null) {
        addPart(new BackwardPart(operation, false, phase, operation.output().axis()));
        if (operation instanceof AcrossRows wide) {
          addPart(new BackwardPart(wide, true, phase + 1, axisAcross(wide)));
        }
      }
    }
    parts.sort(Comparator.comparingInt(BackwardPart::phase));
    decideWhoAdds();
  }

  private void addPart(BackwardPart part) {
    boolean gives = false;
    List<Tensor> inputs = part.operation().inputs();
    for (int j = 0; j < inputs.size(); j++) {
      if (part.gives(j)) {
        complete.merge(inputs.get(j), part.phase(), Math::max);
        inputs.get(j).wantGradient();
        gives = true;
      }
    }
    if (gives) {
      parts.add(part);
    }
  }

  private static RowAxis axisAcross(AcrossRows wide) {
    for (int j = 0; j < wide.inputs().size(); j++) {
      if (wide.readsAllRowsOf(j)) {
        return wide.inputs().get(j).axis();
      }
    }
    throw new IllegalStateException(wide.output().name() + " reads across no rows");
  }

  /** Who comes first sets a gradient, so that nobody need clear it; the others add. */
  private void decideWhoAdds() {
    Set<Tensor> written = new HashSet<>();
    Map<Operation, boolean[]> adds = new IdentityHashMap<>();
    for (BackwardPart part : parts) {
      Operation operation = part.operation();
      List<Tensor> inputs = operation.inputs();
      boolean[] flags = adds.computeIfAbsent(operation, o -> new boolean[inputs.size()]);
      for (int j = 0; j < inputs.size(); j++) {
        if (part.gives(j)) {
          flags[j] = !written.add(inputs.get(j));
        }
      }
    }
    for (BackwardPart part : parts) {
      boolean[] flags = adds.remove(part.operation());
      if (flags != null) {
        part.operation().wantGradients(flags);
      }
    }
  }

  List<BackwardPart> parts() {
    return parts;
  }
}
