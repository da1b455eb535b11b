package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.data.Places;
import dev.elbo.kernel.Team;
import dev.elbo.studio.explorer.Explorer;
import dev.elbo.studio.map.MapStore;
import dev.elbo.studio.model.ModelAnswers;
import dev.elbo.studio.model.ModelSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo export}. */
@Command(
    name = "export",
    sortOptions = false,
    sortSynopsis = false,
    header =
        "Writes a model's map and dials as one file that opens in a browser, without a server.",
    description =
        "The file holds the decoder, the codes and pictures of some images, and the t-SNE where elbo"
            + " studio has made one; nothing of it leaves the machine it is opened on.")
final class ExportCommand implements Callable<Integer> {
  private static final int MOST_IMAGES = 20_000;

  @Mixin private ModelChoice choice;
  @Mixin private Threads threads;

  @Option(
      names = "--html",
      order = 10,
      paramLabel = "FILE",
      description = "the file to write (explorer.html)",
      defaultValue = "explorer.html")
  private Path html;

  @Option(
      names = "--images",
      order = 20,
      paramLabel = "N",
      description = "images on its map, of the test images first (3000)",
      defaultValue = "3000")
  private int images;

  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where data sets may lie, before the usual places")
  private Path data;

  @Option(names = "--quiet", order = 140, description = "no remarks")
  private boolean quiet;

  @Option(names = "--json", order = 141, description = "print the result as JSON")
  private boolean json;

  @Override
  public Integer call() {
    PictureOutput.checkRange("--images", images, 1, MOST_IMAGES);
    if (Files.isDirectory(html)) {
      throw new InputException(
          "--html: expected a file, found the folder %s; give a name such as explorer.html"
              .formatted(html));
    }
    Console console = Console.of(quiet);
    ModelSource source = source(choice.load(console));
    ModelAnswers model = ModelAnswers.of(source, Optional.ofNullable(data));
    if (model.images().standsIn()) {
      console.say(
          "note: the images of %s are not here; pen digits stand in".formatted(source.name()));
    }
    Path cache = Places.ofThisProcess().cache().resolve("maps");
    Explorer explorer;
    try (Team team = new Team(threads.count())) {
      explorer = Explorer.of(model, MapStore.of(source, cache, console::say), images, team);
    }
    byte[] bytes = explorer.html().getBytes(StandardCharsets.UTF_8);
    new DurableFiles(new LocalDisk()).write(html, bytes);
    report(explorer, bytes.length);
    return 0;
  }

  private static ModelSource source(ModelChoice.Chosen chosen) {
    return new ModelSource(
        ModelSource.DEFAULT, chosen.name(), chosen.file(), chosen.model(), chosen.run());
  }

  private void report(Explorer explorer, int bytes) {
    if (json) {
      ObjectNode object = Json.object();
      object.put("file", html.toString());
      object.put("bytes", bytes);
      object.put("images", explorer.images());
      object.put("tsne", explorer.lack().isEmpty());
      explorer.lack().ifPresent(reason -> object.put("tsne_lack", reason));
      Json.print(object);
      return;
    }
    System.out.println(
        "wrote %s: %s images, %s, %s MB"
            .formatted(
                html,
                Numbers.grouped(explorer.images()),
                explorer.lack().map("PCA (%s)"::formatted).orElse("PCA and t-SNE"),
                Numbers.fixed(bytes / 1e6, 1)));
  }
}
