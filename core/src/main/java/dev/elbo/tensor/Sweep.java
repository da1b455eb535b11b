package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one phase does on one axis: ranges of rows go forward through some operations and, while
 * they are in the cache, backward through some. Workers take ranges until none is left.
 */
final class Sweep {
  private static final int LARGEST_CHUNK = 32;

  private final RowAxis axis;
  private final List<Operation> forward = new ArrayList<>();
  private final List<BackwardPart> backward = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private Tensor loss;
  private int widest = 1;
  private int base;
  private int chunk;
  private float share;

  Sweep(RowAxis axis) {
    this.axis = axis;
  }

  RowAxis axis() {
    return axis;
  }

  void addForward(Operation operation) {
    forward.add(operation);
    widest = Math.max(widest, operation.output().axis().perBase());
  }

  void addBackward(BackwardPart part) {
    backward.add(part);
  }

  /** Between forward and backward, the gradient of this one becomes that of its mean. */
  void beginAt(Tensor target) {
    loss = target;
  }

  void start(int images, int workers) {
    base = axis.base(images);
    share = 1f / images;
    int even = (base + 2 * workers - 1) / (2 * workers);
    int most = Math.min(even, Math.max(1, LARGEST_CHUNK / widest));
    chunk = (most + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE;
    next.set(0);
    for (int i = 0; i < forward.size(); i++) {
      if (forward.get(i) instanceof AcrossRows wide) {
        wide.begin(images);
      }
    }
  }

  void run(boolean learning) {
    for (int from = next.getAndAdd(chunk); from < base; from = next.getAndAdd(chunk)) {
      int to = Math.min(base, from + chunk);
      for (int i = 0; i < forward.size(); i++) {
        Operation operation = forward.get(i);
        int perBase = operation.output().axis().perBase();
        operation.forward(from * perBase, to * perBase, learning);
      }
      if (learning) {
        goBack(from, to);
      }
    }
  }

  private void goBack(int from, int to) {
    if (loss != null) {
      for (int row = from; row < to; row++) {
        loss.gradient()[row] = share;
      }
    }
    for (int i = 0; i < backward.size(); i++) {
      BackwardPart part = backward.get(i);
      int perBase = part.axis().perBase();
      part.run(from * perBase, to * perBase);
    }
  }
}
