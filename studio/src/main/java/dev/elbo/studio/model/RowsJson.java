package dev.elbo.studio.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.io.IOException;
import java.util.Arrays;

/** Reads {@code {"images":[[…],…],"labels":[…]}} number by number, naming the one that is wrong. */
final class RowsJson {
  private static final String LABELS = "labels";

  private final RowsShape shape;
  private float[] values;
  private int count;
  private boolean hasRows;
  private int[] labels;
  private int labelCount;
  private String place;

  /** Of the number that is being read; −1 outside of rows. */
  private int column = -1;

  private RowsJson(RowsShape shape) {
    this.shape = shape;
    this.values = new float[shape.columns()];
    this.labels = Rows.NO_LABELS;
    this.place = shape.field();
  }

  static Rows read(byte[] body, RowsShape shape) {
    RowsJson reader = new RowsJson(shape);
    try (JsonParser json = Json.parser(body)) {
      reader.document(json);
    } catch (IOException e) {
      String where = reader.where();
      throw Problem.badValue(where, Json.malformed(where, e));
    }
    return reader.rows();
  }

  private void document(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw expected("body", "an object", json);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(shape.field())) {
        place = name;
        allRows(json);
      } else if (name.equals(LABELS)) {
        place = name;
        allLabels(json);
      } else {
        String shown = Request.shown(name);
        throw Problem.badValue(
            shown.substring(1, shown.length() - 1),
            "body: expected %s%s, found %s"
                .formatted(shape.field(), shape.conditional() ? " and labels" : "", shown));
      }
    }
    if (json.nextToken() != null) {
      throw expected("body", "one object", json);
    }
  }

  private void allRows(JsonParser json) throws IOException {
    requireArray(json, shape.field());
    hasRows = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == shape.mostRows()) {
        throw shape.tooMany();
      }
      place = shape.place(count);
      requireArray(json, place);
      int needed = (count + 1) * shape.columns();
      if (values.length < needed) {
        values = Arrays.copyOf(values, Math.max(needed, values.length * 2));
      }
      row(json, count * shape.columns());
      count++;
    }
  }

  private String where() {
    return column < 0 ? place : shape.place(count, column);
  }

  private void row(JsonParser json, int at) throws IOException {
    column = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (column == shape.columns()) {
        throw Problem.badValue(
            shape.place(count),
            "%s: expected %d numbers, found more".formatted(shape.place(count), shape.columns()));
      }
      if (!json.currentToken().isNumeric()) {
        throw expected(shape.place(count, column), "a number", json);
      }
      values[at + column] = shape.checked(json.getFloatValue(), count, column);
      column++;
    }
    if (column < shape.columns()) {
      throw shape.wrongLength(count, column);
    }
    column = -1;
  }

  private void allLabels(JsonParser json) throws IOException {
    if (!shape.conditional()) {
      throw Problem.badValue(
          LABELS, "labels: expected none for a model that is not conditional, found some");
    }
    requireArray(json, LABELS);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String where = LABELS + "[" + labelCount + "]";
      place = where;
      if (labelCount == shape.mostRows()) {
        throw shape.tooMany();
      }
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw expected(where, "a whole number", json);
      }
      if (labelCount == labels.length) {
        labels = Arrays.copyOf(labels, Math.max(16, labels.length * 2));
      }
      labels[labelCount++] = shape.checkedLabel(json.getLongValue(), where);
    }
  }

  private static void requireArray(JsonParser json, String where) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw expected(where, "an array", json);
    }
  }

  private static Problem expected(String where, String what, JsonParser json) {
    JsonToken token = json.currentToken();
    String found =
        token == null
            ? "nothing"
            : switch (token) {
              case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
              case START_ARRAY, END_ARRAY -> "an array";
              case VALUE_STRING -> "a text";
              case VALUE_NULL -> "null";
              case VALUE_TRUE, VALUE_FALSE -> "true or false";
              default -> "another number";
            };
    return Problem.badValue(where, "%s: expected %s, found %s".formatted(where, what, found));
  }

  private Rows rows() {
    if (!hasRows || count == 0) {
      throw shape.none();
    }
    if (shape.conditional() && labelCount != count) {
      throw Problem.badValue(
          LABELS,
          "labels: expected one for each of %d %s, found %d"
              .formatted(count, shape.field(), labelCount));
    }
    return new Rows(
        count,
        Arrays.copyOf(values, count * shape.columns()),
        shape.conditional() ? Arrays.copyOf(labels, count) : Rows.NO_LABELS);
  }
}
