package dev.elbo.tensor;

/**
 * What an operation gives back to some of its inputs, in one phase.
 *
 * @param across whether to those of which it reads all rows, or to those it reads row by row
 * @param axis whose ranges it is done in
 */
record BackwardPart(Operation operation, boolean across, int phase, RowAxis axis) {

  boolean gives(int input) {
    boolean readsAll = operation instanceof AcrossRows wide && wide.readsAllRowsOf(input);
    return readsAll == across && operation.inputs().get(input).trainable();
  }

  void run(int from, int to) {
    if (across) {
      ((AcrossRows) operation).backwardAcross(from, to);
    } else {
      operation.backward(from, to);
    }
  }
}
