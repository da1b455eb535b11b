package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.evaluation.TestFigures;
import java.util.List;

/** The bound and its terms, and the error of the reconstructions. */
record BoundSection(TestFigures figures) implements EvaluationSection {
  @Override
  public void print() {
    TextTable.print(
        List.of(
            List.of("ELBO", Numbers.fixed(figures.elbo(), 2)),
            List.of("reconstruction, -log p(x|z)", Numbers.fixed(figures.reconstruction(), 2)),
            List.of("KL", Numbers.fixed(figures.kl(), 2)),
            List.of("MSE per pixel", Numbers.fixed(figures.mse(), 5))));
  }

  @Override
  public void put(ObjectNode object) {
    object.put("elbo", Json.number(figures.elbo()));
    object.put("reconstruction", Json.number(figures.reconstruction()));
    object.put("kl", Json.number(figures.kl()));
    object.put("mse", Json.number(figures.mse()));
  }
}
