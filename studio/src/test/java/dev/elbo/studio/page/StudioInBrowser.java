package dev.elbo.studio.page;

import dev.elbo.studio.Studio;
import dev.elbo.studio.StudioOptions;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.training.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A studio with the model inside the program, and a browser that looks at it. */
final class StudioInBrowser implements AutoCloseable {
  private final Chromium chromium;
  private final Path folder;
  private final Tab tab;
  private Studio studio;

  /**
   * @param folder for run directories and what is kept with the model
   */
  StudioInBrowser(Path folder) {
    this.folder = folder;
    chromium = Chromium.start();
    studio = start(0);
    tab = new Tab(chromium.devTools());
  }

  private Studio start(int port) {
    ModelSource inside = ModelSource.pretrained();
    ModelSource model =
        new ModelSource(
            inside.id(),
            inside.name(),
            inside.file(),
            inside.model(),
            Optional.of(new RunFolder(folder.resolve("model"))));
    return Studio.start(
        new StudioOptions(
            StudioOptions.LOOPBACK,
            port,
            Optional.empty(),
            true,
            List.of(model),
            Optional.empty(),
            folder.resolve("runs"),
            Limits.DEFAULT));
  }

  /** Ends the server and starts another at the same address. */
  void restart() {
    int port = studio.port();
    studio.close();
    studio = start(port);
  }

  Tab tab() {
    return tab;
  }

  String address() {
    return studio.address();
  }

  /**
   * Loads a room anew, forgets what was told before, and waits until it stands.
   *
   * @param name may carry parameters
   */
  Tab enter(String name) {
    tab.forget();
    tab.open(address() + "#/" + name);
    tab.await("document.querySelector('." + name.split("\\?")[0] + "-room')");
    return tab;
  }

  /** The grey values of a canvas. */
  String pixelsOf(String selector) {
    return ("(c => Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)"
            + ".filter((_, i) => i %% 4 === 0).join())(document.querySelector(`%s`))")
        .formatted(selector);
  }

  @Override
  public void close() throws IOException {
    studio.close();
    chromium.close();
  }
}
