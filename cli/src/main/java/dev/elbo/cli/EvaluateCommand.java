package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.MixtureFile;
import dev.elbo.data.DataSet;
import dev.elbo.evaluation.Evaluation;
import dev.elbo.evaluation.MarginalLikelihood;
import dev.elbo.model.Config;
import dev.elbo.training.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo evaluate}. */
@Command(
    name = "evaluate",
    sortOptions = false,
    sortSynopsis = false,
    header = "Measures a model: bound, likelihood, latent dimensions, quality of samples.",
    description =
        "The marginal likelihood is estimated by importance sampling. All figures are the same on"
            + " every run; a run directory keeps them in evaluation.json.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelChoice choice;
  @Mixin private ModelData data;
  @Mixin private Threads threads;

  @Option(
      names = "--samples",
      order = 119,
      paramLabel = "N",
      description = "draws an image for the likelihood (500); papers have 5000",
      defaultValue = "500")
  private int samples;

  @Option(
      names = "--no-quality",
      order = 111,
      description = "leave out how much samples look like the data, which takes longest")
  private boolean withoutQuality;

  @Option(
      names = "--out",
      order = 121,
      paramLabel = "FILE",
      description = "where to write the figures (evaluation.json of the run)")
  private Path out;

  @Option(names = "--quiet", order = 140, description = "no progress and no remarks")
  private boolean quiet;

  @Option(names = "--json", order = 141, description = "print the result as JSON")
  private boolean json;

  @Override
  public Integer call() {
    PictureOutput.checkRange("--samples", samples, 1, MarginalLikelihood.MOST_SAMPLES);
    int workers = threads.count();
    Console console = Console.of(quiet);
    ModelChoice.Chosen chosen = choice.load(console);
    Optional<EvaluationFile> file =
        Optional.ofNullable(out)
            .or(() -> chosen.run().map(RunFolder::evaluation))
            .map(EvaluationFile::new);
    file.ifPresent(EvaluationFile::requireWritable);
    DataSet stored = data.stored(chosen, console);
    DataSet set = ModelData.binarized(stored, chosen);
    console.sayKernels();
    Evaluation evaluation = new ModelEvaluation(chosen, samples, workers, console).on(set.test());
    Config config = chosen.model().config();
    List<EvaluationSection> sections = sections(evaluation, config);
    if (!withoutQuality) {
      new QualityMeasurement(chosen, data, threads, console).of(stored).ifPresent(sections::add);
    }
    ObjectNode object = Json.object();
    head(object, chosen, set);
    sections.forEach(section -> section.put(object));
    file.ifPresent(place -> place.write(object));
    if (json) {
      Json.print(object);
    } else {
      print(sections, config, set);
      file.ifPresent(place -> System.out.println("\nwrote " + place.path()));
    }
    return 0;
  }

  private static List<EvaluationSection> sections(Evaluation evaluation, Config config) {
    List<EvaluationSection> sections = new ArrayList<>();
    sections.add(new BoundSection(evaluation.figures()));
    sections.add(new LikelihoodSection(config.nllName(), evaluation.nll()));
    if (!evaluation.classes().isEmpty()) {
      sections.add(new ClassesSection(evaluation.classes()));
    }
    sections.add(new LatentSection(evaluation.health(), config));
    return sections;
  }

  private static void head(ObjectNode object, ModelChoice.Chosen chosen, DataSet set) {
    Config config = chosen.model().config();
    object.put(EvaluationFile.FORMAT, EvaluationFile.VERSION);
    object.put("model_sha256", MixtureFile.digestOf(chosen.file()));
    object.put("dataset", set.name());
    object.put("dataset_sha256", set.sha256());
    object.put("binarization", config.data().binarization().toString());
    object.put("likelihood", config.vae().likelihood().toString());
    object.put("images", set.test().count());
    object.put("unit", "nats per image; mse per pixel");
  }

  private static void print(List<EvaluationSection> sections, Config config, DataSet set) {
    System.out.println(
        "%s, %s %s test images; nats per image"
            .formatted(
                set.name(), Numbers.grouped(set.test().count()), config.data().binarization()));
    for (EvaluationSection section : sections) {
      System.out.println();
      section.print();
    }
  }
}
