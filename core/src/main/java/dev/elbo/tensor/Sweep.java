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

  /** Of several rows an image so many at a time: they stay in the cache from one to the next. */
  private static final int BLOCK = 32;

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
      goForward(from, to, learning);
      if (learning) {
        goBack(from, to);
      }
    }
  }

  private void goForward(int from, int to, boolean learning) {
    for (int begin = 0, end; begin < forward.size(); begin = end) {
      end = begin + 1;
      Operation first = forward.get(begin);
      int perBase = first.output().axis().perBase();
      while (end < forward.size() && sharesBlocks(first, forward.get(end))) {
        end++;
      }
      int block = first.takesWholeImages() ? (to - from) * perBase : BLOCK;
      for (int row = from * perBase; row < to * perBase; row += block) {
        for (int i = begin; i < end; i++) {
          forward.get(i).forward(row, Math.min(to * perBase, row + block), learning);
        }
      }
    }
  }

  private static boolean sharesBlocks(Operation a, Operation b) {
    return !a.takesWholeImages()
        && !b.takesWholeImages()
        && a.output().axis().perBase() == b.output().axis().perBase();
  }

  private void goBack(int from, int to) {
    if (loss != null) {
      for (int row = from; row < to; row++) {
        loss.gradient()[row] = share;
      }
    }
    for (int begin = 0, end; begin < backward.size(); begin = end) {
      end = begin + 1;
      BackwardPart first = backward.get(begin);
      int perBase = first.axis().perBase();
      while (end < backward.size()
          && !first.across()
          && !backward.get(end).across()
          && sharesBlocks(first.operation(), backward.get(end).operation())) {
        end++;
      }
      boolean whole = first.across() || first.operation().takesWholeImages();
      int block = whole ? (to - from) * perBase : BLOCK;
      for (int row = from * perBase; row < to * perBase; row += block) {
        for (int i = begin; i < end; i++) {
          backward.get(i).run(row, Math.min(to * perBase, row + block));
        }
      }
    }
  }
}
