package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.evaluation.LatentDimension;
import dev.elbo.evaluation.LatentHealth;
import dev.elbo.model.Config;
import java.util.ArrayList;
import java.util.List;

/** What the latent dimensions carry: in words, and those that carry most as a table. */
record LatentSection(LatentHealth health, Config config) implements EvaluationSection {
  private static final int SHOWN = 10;
  private static final int WIDTH = 100;

  @Override
  public void print() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("dimension", "KL", "activity", "mean", "variance"));
    for (LatentDimension row : health.byKl().stream().limit(SHOWN).toList()) {
      table.add(
          List.of(
              String.valueOf(row.index()),
              Numbers.fixed(row.kl(), 3),
              Numbers.fixed(row.activity(), 3),
              Numbers.fixed(row.mean(), 3),
              Numbers.fixed(row.variance(), 3)));
    }
    TextTable.print(table);
    System.out.println();
    wrapped(health.inWords(config)).forEach(System.out::println);
  }

  /** A paragraph as lines that a terminal need not break. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public void put(ObjectNode object) {
    ObjectNode latent = object.putObject("latent");
    latent.put("summary", health.inWords(config));
    latent.put("active_units", health.activeUnits());
    latent.put("collapsed_units", health.collapsedUnits());
    ArrayNode rows = latent.putArray("dimensions");
    for (LatentDimension dimension : health.dimensions()) {
      ObjectNode row = rows.addObject();
      row.put("dimension", dimension.index());
      row.put("active", dimension.isActive());
      row.put("kl", Json.number(dimension.kl()));
      row.put("activity", Json.number(dimension.activity()));
      row.put("mean", Json.number(dimension.mean()));
      row.put("variance", Json.number(dimension.variance()));
    }
    ArrayNode pairs = latent.putArray("correlations");
    for (LatentHealth.Correlation correlation : health.correlations()) {
      ObjectNode row = pairs.addObject();
      row.put("first", correlation.first());
      row.put("second", correlation.second());
      row.put("correlation", Json.number(correlation.value()));
    }
  }
}
