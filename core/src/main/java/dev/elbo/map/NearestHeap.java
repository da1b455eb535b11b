package dev.elbo.map;

/** Keeps the nearest of those it is offered, in ascending order of their numbers; a max-heap. */
final class NearestHeap {
  private final int[] index;
  private final double[] distance;
  private int size;

  NearestHeap(int most) {
    index = new int[most];
    distance = new double[most];
  }

  /** Numbers must come ascending: then of equal distances the first stays. */
  void offer(int number, double squared) {
    if (size < index.length) {
      int at = size++;
      while (at > 0 && isFarther(squared, number, (at - 1) / 2)) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      put(at, number, squared);
    } else if (squared < distance[0]) {
      sink(number, squared);
    }
  }

  /** Empties itself, the nearest first. */
  void drain(int[] toIndex, double[] toDistance, int offset) {
    while (size > 0) {
      toIndex[offset + size - 1] = index[0];
      toDistance[offset + size - 1] = distance[0];
      size--;
      sink(index[size], distance[size]);
    }
  }

  private void sink(int number, double squared) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isFarther(distance[child + 1], index[child + 1], child)) {
        child++;
      }
      if (!isFarther(distance[child], index[child], squared, number)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, number, squared);
  }

  private boolean isFarther(double squared, int number, int than) {
    return isFarther(squared, number, distance[than], index[than]);
  }

  private static boolean isFarther(double squared, int number, double than, int thanNumber) {
    return squared > than || (squared == than && number > thanNumber);
  }

  private void move(int from, int to) {
    put(to, index[from], distance[from]);
  }

  private void put(int at, int number, double squared) {
    index[at] = number;
    distance[at] = squared;
  }
}
