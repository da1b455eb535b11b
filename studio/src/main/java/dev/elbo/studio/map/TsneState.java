package dev.elbo.studio.map;

/** How far the t-SNE of a model is. */
sealed interface TsneState {
  /** Nobody has asked for it. */
  record Absent() implements TsneState {}

  /**
   * @param progress from 0 to 1
   */
  record Running(double progress) implements TsneState {}

  record Ready(TsneMap map) implements TsneState {}
}
