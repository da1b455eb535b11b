package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.evaluation.ClassFigures;
import java.util.ArrayList;
import java.util.List;

/** The bound and the error for each label. */
record ClassesSection(List<ClassFigures> classes) implements EvaluationSection {
  @Override
  public void print() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("class", "images", "ELBO", "reconstruction", "KL", "MSE"));
    for (ClassFigures row : classes) {
      table.add(
          List.of(
              String.valueOf(row.label()),
              Numbers.grouped(row.count()),
              Numbers.fixed(row.elbo(), 2),
              Numbers.fixed(row.reconstruction(), 2),
              Numbers.fixed(row.kl(), 2),
              Numbers.fixed(row.mse(), 5)));
    }
    TextTable.print(table);
  }

  @Override
  public void put(ObjectNode object) {
    ArrayNode rows = object.putArray("classes");
    for (ClassFigures figures : classes) {
      ObjectNode row = rows.addObject();
      row.put("class", figures.label());
      row.put("images", figures.count());
      row.put("elbo", Json.number(figures.elbo()));
      row.put("reconstruction", Json.number(figures.reconstruction()));
      row.put("kl", Json.number(figures.kl()));
      row.put("mse", Json.number(figures.mse()));
    }
  }
}
