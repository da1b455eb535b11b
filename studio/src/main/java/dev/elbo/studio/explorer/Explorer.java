package dev.elbo.studio.explorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.map.Cloud;
import dev.elbo.studio.map.MapDescription;
import dev.elbo.studio.map.MapPoints;
import dev.elbo.studio.map.MapStore;
import dev.elbo.studio.map.PrincipalMap;
import dev.elbo.studio.map.TsneMap;
import dev.elbo.studio.model.MapImages;
import dev.elbo.studio.model.ModelAnswers;
import java.util.Arrays;
import java.util.Optional;

/**
 * One file that holds a model's decoder, map and dials, and some of its images, and works from disk
 * without a server or a network.
 *
 * @param html the file
 * @param images that it shows
 * @param lack why no t-SNE is in it, and how one gets there; empty where one is
 */
public record Explorer(String html, int images, Optional<String> lack) {
  /** Images by default: with 64 latent dimensions and 784 pixels a file of about 6 MB. */
  public static final int IMAGES = 3_000;

  /**
   * @param most images that it shows, of the first on the map
   */
  public static Explorer of(ModelAnswers model, MapStore store, int most, Team team) {
    PrincipalMap principal = PrincipalMap.of(model.images());
    int count = Math.min(most, principal.count());
    Optional<TsneMap> found = store.find(principal);
    Optional<TsneMap> kept = found.filter(map -> map.map().count() >= count);
    ObjectNode map = MapDescription.of(principal, count, principal.trustworthiness(count, team));
    map.set("tsne", kept.map(MapDescription::ready).orElseGet(() -> MapDescription.absent(0)));
    MapImages images = model.images();
    Codes codes = images.codes();
    ExplorerContent content =
        new ExplorerContent(
            described(model.description(), count),
            map,
            model.weights(),
            Arrays.copyOf(codes.mu(), count * codes.latentSize()),
            Arrays.copyOf(codes.logVar(), count * codes.latentSize()),
            Arrays.copyOf(images.images().pixels(), count * images.images().size()),
            points(principal.map(), count, images),
            kept.map(tsne -> points(tsne.map(), count, images)).orElse(new byte[0]));
    String title = "Elbo Explorer: " + model.description().get("name").asText();
    return new Explorer(
        ExplorerPage.of(content, title),
        count,
        kept.isPresent() ? Optional.empty() : Optional.of(lack(found)));
  }

  private static String lack(Optional<TsneMap> found) {
    return found
        .map(
            small ->
                "its t-SNE shows %1$s of them; --images %2$d takes it in"
                    .formatted(Numbers.grouped(small.map().count()), small.map().count()))
        .orElse("elbo studio makes a t-SNE");
  }

  /** As the server would, if it had these images alone and no sampler that needs it. */
  private static ObjectNode described(ObjectNode description, int count) {
    ObjectNode node = description.deepCopy();
    node.putArray("samplers").add("prior");
    ((ObjectNode) node.get("images")).put("count", count);
    return node;
  }

  private static byte[] points(Cloud map, int count, MapImages images) {
    return MapPoints.encode(map.first(count), images.images().labels());
  }
}
