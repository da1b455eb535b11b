package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.quality.SampleFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * How much samples look like the data.
 *
 * @param classifier what judges them, with its accuracy
 * @param seed of the draws
 * @param rows of each sampler, and of test images, which nobody can be asked to surpass
 */
record QualitySection(String classifier, double testAccuracy, long seed, List<Row> rows)
    implements EvaluationSection {

  record Row(String name, SampleFigures figures) {}

  @Override
  public void print() {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "samples",
            "recognised",
            "class entropy",
            "Fréchet",
            "precision",
            "recall",
            "nearest",
            "near copies"));
    for (Row row : rows) {
      SampleFigures figures = row.figures();
      table.add(
          List.of(
              row.name(),
              percent(figures.recognised()),
              Numbers.fixed(figures.classEntropy(), 3)
                  + " ("
                  + percent(figures.classBalance())
                  + ")",
              Numbers.fixed(figures.frechet(), 2),
              Numbers.fixed(figures.precision(), 3),
              Numbers.fixed(figures.recall(), 3),
              Numbers.fixed(figures.nearestTraining(), 2),
              percent(figures.nearTraining())));
    }
    TextTable.print(table);
    System.out.println();
    System.out.println(
        "%s draws of a sampler, seed %d; %s"
            .formatted(Numbers.grouped(rows.get(0).figures().images()), seed, classifier));
    System.out.println(
        "Recognised: with a probability above 0.9. Fréchet: on features of this classifier, not of");
    System.out.println(
        "Inception. Nearest: mean distance to a training image. Near copies: nearer than 99% of the");
    System.out.println(
        "test images are. Test images are compared with each other, half with half.");
  }

  private static String percent(double share) {
    return Numbers.fixed(100 * share, 1) + "%";
  }

  @Override
  public void put(ObjectNode object) {
    ObjectNode quality = object.putObject("sample_quality");
    quality.put("classifier", classifier);
    quality.put("classifier_test_accuracy", Json.number(testAccuracy));
    quality.put("seed", seed);
    ArrayNode array = quality.putArray("samples");
    for (Row row : rows) {
      SampleFigures figures = row.figures();
      ObjectNode of = array.addObject();
      of.put("name", row.name());
      of.put("images", figures.images());
      of.put("recognised", Json.number(figures.recognised()));
      of.put("class_entropy", Json.number(figures.classEntropy()));
      of.put("class_balance", Json.number(figures.classBalance()));
      of.put("frechet_distance", Json.number(figures.frechet()));
      of.put("precision", Json.number(figures.precision()));
      of.put("recall", Json.number(figures.recall()));
      of.put("nearest_training_distance", Json.number(figures.nearestTraining()));
      of.put("near_copies", Json.number(figures.nearTraining()));
    }
  }
}
