package dev.elbo.studio.model;

import dev.elbo.latent.Codes;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * One of the things that a model does with rows.
 *
 * @param name as the metrics call it
 * @param part takes some rows' share out of a result
 */
record Task<R>(String name, BiFunction<Inference, Rows, R> run, Part<R> part) {
  /** The share of rows {@code from} to {@code from + count − 1} of a result of {@code all} rows. */
  @FunctionalInterface
  interface Part<R> {
    R of(R result, int all, int from, int count);
  }

  static Task<Codes> encode() {
    return new Task<>(
        "encode", Inference::encode, (codes, all, from, count) -> CodesOf.part(codes, from, count));
  }

  static Task<float[]> decode() {
    return new Task<>("decode", Inference::decode, Task::rows);
  }

  static Task<float[]> reconstruct() {
    return new Task<>("reconstruct", Inference::reconstruct, Task::rows);
  }

  static Task<Scores> score() {
    return new Task<>(
        "score", Inference::score, (scores, all, from, count) -> scores.part(from, count));
  }

  private static float[] rows(float[] values, int all, int from, int count) {
    int columns = values.length / all;
    return Arrays.copyOfRange(values, from * columns, (from + count) * columns);
  }
}
