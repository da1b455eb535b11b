package dev.elbo.studio.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The page and its files, out of the program itself. {@code files.txt} lists them; what is not in
 * that list is not there, whatever a request asks for.
 */
public final class PageRoutes implements RoutePart {
  private static final String FOLDER = "/dev/elbo/studio/page/";
  private static final String INDEX = "index.html";
  private static final String TOKEN = "<meta name=\"elbo-token\" content=\"";

  private final Guards guards;

  public PageRoutes(Guards guards) {
    this.guards = guards;
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/", "The page", this::index).gives(new Payload(MediaType.HTML, "")));
    for (String file : files()) {
      if (!file.equals(INDEX)) {
        MediaType type = typeOf(file);
        byte[] bytes = read(file);
        routes.add(
            Route.get("/" + file, "A file of the page", request -> Answer.bytes(type, bytes))
                .gives(new Payload(type, "")));
      }
    }
    return routes;
  }

  /** The names in the list. */
  static List<String> files() {
    return new String(read("files.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private Answer index(Request request) {
    String page = new String(read(INDEX), StandardCharsets.UTF_8);
    return Answer.text(MediaType.HTML, page.replace(TOKEN, TOKEN + guards.pageToken()));
  }

  private static MediaType typeOf(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> MediaType.HTML;
      case "css" -> MediaType.CSS;
      case "js" -> MediaType.SCRIPT;
      case "svg" -> MediaType.SVG;
      case "png" -> MediaType.PNG;
      case "woff2" -> MediaType.FONT;
      case "json" -> MediaType.JSON;
      case "txt" -> MediaType.TEXT;
      default -> throw new IllegalStateException(file + " is of no known kind");
    };
  }

  private static byte[] read(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + FOLDER + file + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
