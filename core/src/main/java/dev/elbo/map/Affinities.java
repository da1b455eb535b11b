package dev.elbo.map;

import java.util.Arrays;

/**
 * Symmetric affinities pᵢⱼ = (p(j|i) + p(i|j))/2n, which add up to 1; zero where neither is a
 * neighbour of the other. Row i stands from {@code starts[i]} to {@code starts[i + 1]}, columns
 * ascending.
 */
record Affinities(int[] starts, int[] columns, double[] values) {

  static Affinities of(ConditionalAffinities conditional) {
    Neighbours neighbours = conditional.neighbours();
    int count = neighbours.count();
    int each = neighbours.each();
    int[] ends = incomingStarts(neighbours);
    int[] sources = new int[count * each];
    double[] incoming = new double[count * each];
    for (int n = 0; n < sources.length; n++) {
      int to = ends[neighbours.index()[n]]++;
      sources[to] = n / each;
      incoming[to] = conditional.values()[n];
    }
    int[] starts = new int[count + 1];
    int[] columns = new int[2 * sources.length];
    double[] values = new double[2 * sources.length];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int[] own = ascending(neighbours, i);
      int a = 0;
      int b = i == 0 ? 0 : ends[i - 1];
      while (a < each || b < ends[i]) {
        int left = a < each ? neighbours.index()[own[a]] : count;
        int right = b < ends[i] ? sources[b] : count;
        columns[at] = Math.min(left, right);
        double sum = left <= right ? conditional.values()[own[a++]] : 0;
        sum += right <= left ? incoming[b++] : 0;
        values[at++] = sum / (2.0 * count);
      }
      starts[i + 1] = at;
    }
    return new Affinities(starts, Arrays.copyOf(columns, at), Arrays.copyOf(values, at));
  }

  int count() {
    return starts.length - 1;
  }

  /** Where the points that have i as a neighbour begin in one list of all. */
  private static int[] incomingStarts(Neighbours neighbours) {
    int[] starts = new int[neighbours.count() + 1];
    for (int target : neighbours.index()) {
      starts[target + 1]++;
    }
    for (int i = 0; i < neighbours.count(); i++) {
      starts[i + 1] += starts[i];
    }
    return starts;
  }

  /** The places of a point's neighbours, by the neighbours' numbers. */
  private static int[] ascending(Neighbours neighbours, int point) {
    int each = neighbours.each();
    long[] keys = new long[each];
    for (int n = 0; n < each; n++) {
      int place = point * each + n;
      keys[n] = ((long) neighbours.index()[place] << Integer.SIZE) | place;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
