package dev.elbo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The sizes of libtorch's two thread pools: OpenBLAS multiplies matrices, OpenMP does the rest.
 * With both above 1 they fight over the cores, which their defaults do.
 */
record TorchSetting(int openBlas, int openMp) {

  /** Every pair of 1, 2, 4, … and {@code threads}. */
  static List<TorchSetting> upTo(int threads) {
    List<Integer> sizes = sizes(threads);
    List<TorchSetting> all = new ArrayList<>();
    for (int openMp : sizes) {
      for (int openBlas : sizes) {
        all.add(new TorchSetting(openBlas, openMp));
      }
    }
    return all;
  }

  /** 1, 2, 4, … and {@code threads}. */
  static List<Integer> sizes(int threads) {
    TreeSet<Integer> sizes = new TreeSet<>(List.of(threads));
    for (int size = 1; size < threads; size *= 2) {
      sizes.add(size);
    }
    return List.copyOf(sizes);
  }

  int threads() {
    return Math.max(openBlas, openMp);
  }

  Map<String, String> environment() {
    return Map.of(
        "OPENBLAS_NUM_THREADS", String.valueOf(openBlas),
        "OMP_NUM_THREADS", String.valueOf(openMp),
        "MKL_NUM_THREADS", String.valueOf(openMp));
  }

  @Override
  public String toString() {
    return "libtorch, OpenBLAS " + openBlas + " × OpenMP " + openMp;
  }
}
