package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.Arrays;

/**
 * Where an input is not zero: for each row its columns, and for each column, eight rows to a byte,
 * which of the rows. Rows of one tile belong to one worker, so that no two write the same byte.
 */
final class NonZeros {
  private final int stride;
  private final int[] columns;
  private final int[] counts;
  private final byte[] rowsOfColumn;

  NonZeros(int rows, int stride) {
    this.stride = stride;
    this.columns = new int[rows * stride];
    this.counts = new int[rows];
    this.rowsOfColumn = new byte[rows / Kernels.TILE * stride];
  }

  /** [rows, stride]: the columns of row r begin at r·stride. */
  int[] columns() {
    return columns;
  }

  int count(int row) {
    return counts[row];
  }

  /** Takes note of a row whose columns stand in {@link #columns}. */
  void mark(int row, int count) {
    int tile = row / Kernels.TILE * stride;
    int inTile = row % Kernels.TILE;
    if (inTile == 0) {
      Arrays.fill(rowsOfColumn, tile, tile + stride, (byte) 0);
    }
    counts[row] = count;
    for (int p = row * stride; p < row * stride + count; p++) {
      rowsOfColumn[tile + columns[p]] |= (byte) (1 << inTile);
    }
  }

  /**
   * Lists the rows, ascending, whose value in this column is not zero.
   *
   * @param list has room for a tile more than {@code rows}
   */
  int listRows(Kernels kernels, int column, int rows, int[] list) {
    int tiles = (rows + Kernels.TILE - 1) / Kernels.TILE;
    return kernels.listBits(rowsOfColumn, column, stride, tiles, list);
  }
}
