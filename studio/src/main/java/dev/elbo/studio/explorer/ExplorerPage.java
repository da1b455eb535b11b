package dev.elbo.studio.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file: style, script and content inline. Its policy lets nothing run but that script, by its
 * digest, and nothing be fetched from anywhere.
 */
final class ExplorerPage {
  private static final String FOLDER = "/dev/elbo/studio/";
  private static final String TEMPLATE = "explorer/explorer.html";
  private static final String ENTRY = "explorer/main.js";

  private static final Pattern PLACE = Pattern.compile("\\{(policy|title|style|script|content)\\}");

  private static final List<String> STYLES =
      List.of(
          "page/css/tokens.css",
          "page/css/layout.css",
          "page/css/parts.css",
          "page/css/rooms.css",
          "explorer/explorer.css");

  private ExplorerPage() {}

  static String of(ExplorerContent content, String title) {
    StringBuilder style = new StringBuilder("\n");
    STYLES.forEach(file -> style.append(read(file)));
    String script = "\n" + script();
    requireInline(style.toString());
    requireInline(script);
    // In one pass: what is put in may hold such words in braces itself.
    return PLACE
        .matcher(read(TEMPLATE))
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    switch (place.group(1)) {
                      case "policy" -> policy(script, style.toString());
                      case "title" -> escaped(title);
                      case "style" -> style.toString();
                      case "script" -> script;
                      default -> content.json();
                    }));
  }

  /** The page's modules, with one that answers from the file where theirs asks a server. */
  static String script() {
    TreeMap<String, String> instead = new TreeMap<>();
    instead.put("page/js/api.js", "explorer/api.js");
    return ModuleBundle.of(ENTRY, ExplorerPage::read, instead);
  }

  private static String policy(String script, String style) {
    return "default-src 'none'; script-src '%s'; style-src '%s'; img-src data: blob:; base-uri 'none'; form-action 'none'"
        .formatted(digest(script), digest(style));
  }

  private static String digest(String text) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** A text that would end its own element, or whose bytes a browser would change. */
  private static void requireInline(String text) {
    for (String end : List.of("</script", "</style", "<!--", "\r")) {
      if (text.contains(end)) {
        throw new IllegalStateException("the page holds " + end + ", which cannot stand inline");
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String read(String file) {
    try (InputStream in = ExplorerPage.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + FOLDER + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
