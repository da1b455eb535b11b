package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page as files: what is listed, what is asked for at once, what may not stand in it. */
class PageFilesTest {
  private static final Path PAGE = Path.of("src/main/resources/dev/elbo/studio/page");
  private static final int MOST_LINES = 250;

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(PAGE)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("files.txt"))
          .sorted()
          .toList();
    }
  }

  private static String name(Path file) {
    return PAGE.relativize(file).toString().replace('\\', '/');
  }

  @Test
  void theListNamesEveryFileAndNoOther() throws IOException {
    Set<String> there = files().stream().map(PageFilesTest::name).collect(Collectors.toSet());
    assertThat(Files.readAllLines(PAGE.resolve("files.txt")))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(there);
  }

  /** Else each import would wait for the module that names it. */
  @Test
  void theModulesOfTheFirstRoomAreFetchedTogetherWithThePage() throws IOException {
    String index = Files.readString(PAGE.resolve("index.html"));
    Set<String> preloaded =
        found("rel=\"modulepreload\" href=\"([^\"]+)\"", index).collect(Collectors.toSet());
    Set<String> needed = new TreeSet<>();
    follow("js/main.js", needed);
    needed.remove("js/main.js");
    follow("js/rooms/draw.js", needed);
    assertThat(preloaded).containsExactlyInAnyOrderElementsOf(needed);
  }

  private static Stream<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
  }

  /** Adds a module and those that it imports. */
  private static void follow(String module, Set<String> into) throws IOException {
    if (into.add(module)) {
      Path file = PAGE.resolve(module);
      for (String name : found(" from '([^']+)';", Files.readString(file)).toList()) {
        follow(name(file.resolveSibling(name).normalize()), into);
      }
    }
  }

  @Test
  void noFileIsLongNorNamesAnotherPlaceNorHoldsScriptOrStyleInline() throws IOException {
    for (Path file : files()) {
      String text = Files.readString(file);
      assertThat(text.lines().count()).as(name(file)).isLessThanOrEqualTo(MOST_LINES);
      assertThat(text.replace("http://www.w3.org/2000/svg", ""))
          .as(name(file))
          .doesNotContain("://");
      if (file.toString().endsWith(".html")) {
        assertThat(text)
            .doesNotContain("style=")
            .doesNotContain("<style")
            .doesNotContainPattern("<script(?![^>]*src=)")
            .doesNotContainPattern("\\son[a-z]+=");
      } else {
        assertThat(text).as(name(file)).doesNotContain("innerHTML").doesNotContain("eval(");
      }
    }
  }
}
