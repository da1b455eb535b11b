package dev.elbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.model.Preset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo presets}. */
@Command(
    name = "presets",
    sortOptions = false,
    sortSynopsis = false,
    description = "Lists the configurations inside the program, or prints one as a file.")
final class PresetsCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the one to print")
  private String name;

  @Option(names = "--json", order = 141, description = "print them as JSON")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    if (name != null) {
      System.out.print(Preset.of(name).json());
    } else if (json) {
      ObjectNode object = Json.object();
      ArrayNode rows = object.putArray("presets");
      for (Preset preset : Preset.ALL) {
        ObjectNode row = rows.addObject();
        row.put("name", preset.name());
        row.put("description", preset.description());
        row.set("config", new JsonMapper().readTree(preset.json()));
      }
      Json.print(object);
    } else {
      for (Preset preset : Preset.ALL) {
        System.out.println("%-12s %s".formatted(preset.name(), preset.description()));
      }
    }
    return 0;
  }
}
