package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Rows of figures, for people and as JSON. */
final class Table {
  /** Text to the left instead of a number. */
  static final int TEXT = -1;

  /**
   * @param title as printed, unit included
   * @param key in JSON
   * @param decimals as printed, or {@link #TEXT}
   */
  record Column(String title, String key, int decimals) {
    String cell(Object value) {
      if (value == null) {
        return "–";
      }
      return decimals == TEXT
          ? value.toString()
          : Numbers.fixed(((Number) value).doubleValue(), decimals);
    }
  }

  private final List<Column> columns;
  private final List<Object[]> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** A value a column; null for what was not measured. */
  void add(Object... cells) {
    assert cells.length == columns.size();
    rows.add(cells);
  }

  List<Object[]> rows() {
    return rows;
  }

  String text() {
    int[] widths = new int[columns.size()];
    List<String[]> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toArray(String[]::new));
    for (Object[] row : rows) {
      String[] line = new String[widths.length];
      for (int i = 0; i < line.length; i++) {
        line[i] = columns.get(i).cell(row[i]);
      }
      lines.add(line);
    }
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < line.length; i++) {
        String blank = " ".repeat(widths[i] - line[i].length());
        row.append(i == 0 ? "" : "  ");
        row.append(columns.get(i).decimals() == TEXT ? line[i] + blank : blank + line[i]);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  ArrayNode json() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object[] row : rows) {
      ObjectNode object = array.addObject();
      for (int i = 0; i < row.length; i++) {
        String key = columns.get(i).key();
        if (row[i] instanceof Number number) {
          object.put(key, number.doubleValue());
        } else {
          object.put(key, row[i] == null ? null : row[i].toString());
        }
      }
    }
    return array;
  }
}
