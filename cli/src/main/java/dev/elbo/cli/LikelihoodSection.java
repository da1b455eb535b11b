package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.evaluation.NllEstimate;
import java.util.ArrayList;
import java.util.List;

/**
 * −log p(x) by importance sampling, at growing numbers of draws.
 *
 * @param name what it may be called
 */
record LikelihoodSection(String name, List<NllEstimate> estimates) implements EvaluationSection {
  @Override
  public void print() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("draws", name));
    for (NllEstimate estimate : estimates) {
      table.add(List.of(Numbers.grouped(estimate.samples()), withError(estimate)));
    }
    TextTable.print(table);
  }

  /** {@code 86.76 ± 0.21}, with the standard error of the mean over images. */
  static String withError(NllEstimate estimate) {
    String error =
        Double.isNaN(estimate.standardError())
            ? ""
            : " ± " + Numbers.fixed(estimate.standardError(), 2);
    return Numbers.fixed(estimate.nll(), 2) + error;
  }

  @Override
  public void put(ObjectNode object) {
    ObjectNode nll = object.putObject("nll");
    nll.put("name", name);
    ArrayNode rows = nll.putArray("estimates");
    for (NllEstimate estimate : estimates) {
      ObjectNode row = rows.addObject();
      row.put("samples", estimate.samples());
      row.put("nll", Json.number(estimate.nll()));
      row.put("standard_error", Json.number(estimate.standardError()));
    }
  }
}
