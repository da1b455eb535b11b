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

  @Test
  void everyModuleIsFetchedWithThePageAndNotWhenAnotherNamesIt() throws IOException {
    String index = Files.readString(PAGE.resolve("index.html"));
    Set<String> preloaded = new TreeSet<>();
    Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"")
        .matcher(index)
        .results()
        .forEach(found -> preloaded.add(found.group(1)));
    assertThat(preloaded)
        .containsExactlyInAnyOrderElementsOf(
            files().stream()
                .map(PageFilesTest::name)
                .filter(name -> name.endsWith(".js") && !name.equals("js/main.js"))
                .toList());
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
