package dev.elbo.cli;

import java.util.List;

/** Rows of text in columns that are as wide as they must be. */
final class TextTable {
  private TextTable() {}

  static void print(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      System.out.println(line.toString().stripTrailing());
    }
  }
}
