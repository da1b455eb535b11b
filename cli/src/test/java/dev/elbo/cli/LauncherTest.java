package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in an installed copy (a jar, no sources), with JDKs that only print how they are
 * called.
 */
class LauncherTest {
  private static final String PRINTS =
      "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done; echo \"in $PWD\"\n";

  @TempDir Path folder;
  private Path installed;
  private Path elsewhere;

  @BeforeEach
  void install() throws IOException {
    folder = folder.toRealPath();
    installed = Files.createDirectories(folder.resolve("an installed copy"));
    elsewhere = Files.createDirectories(folder.resolve("else where"));
    Files.createDirectories(installed.resolve("cli/target"));
    Files.writeString(installed.resolve("cli/target/elbo.jar"), "a jar");
    executable(installed.resolve("elbo"), Files.readString(Path.of("..", "elbo")));
  }

  @Test
  void argumentsAndTheCallersFolderArriveAsTheyWere() throws IOException {
    Path link =
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../an installed copy/elbo"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);

    List<String> lines =
        run(jdk("a jdk", "21.0.1", "java.base"), "", second, "train", "a b", "*", "");

    assertThat(lines)
        .containsSubsequence("[-jar]", "[" + installed + "/cli/target/elbo.jar]")
        .containsSubsequence("[train]", "[a b]", "[*]", "[]", "in " + elsewhere);
  }

  @Test
  void theVectorModuleIsAddedWhereTheJdkHasIt() throws IOException {
    assertThat(run(jdk("with", "17.0.15", "java.base jdk.incubator.vector jdk.zipfs"), ""))
        .containsSubsequence("[--add-modules]", "[jdk.incubator.vector]", "[-Delbo.stderr=3]")
        .doesNotContain("[--enable-native-access=ALL-UNNAMED]");
    assertThat(run(jdk("last", "25", "java.base jdk.incubator.vector"), ""))
        .containsSubsequence("[--enable-native-access=ALL-UNNAMED]", "[--add-modules]");
    assertThat(run(jdk("without", "25.0.3", "java.base jdk.incubator.vectors"), ""))
        .contains("[--enable-native-access=ALL-UNNAMED]", "[-Delbo.terminal=false]")
        .doesNotContain("[--add-modules]", "[-Delbo.stderr=3]");
  }

  @Test
  void theUsersFlagsComeBeforeTheJar() throws IOException {
    assertThat(run(jdk("jdk", "21", "java.base"), "-Xmx1g -Da=*"))
        .containsSubsequence("[-Xmx1g]", "[-Da=*]", "[-jar]");
  }

  @Test
  void anOldOrMissingElboJavaHomeIsOneSentence() throws IOException {
    Path old = jdk("old", "11.0.2", "java.base");
    Path ancient = jdk("ancient", "1.8.0_392", "java.base");
    Path missing = folder.resolve("missing");

    assertThat(run(old, "")).containsExactly(unusable(old, "version 11.0.2"), "exit 2");
    assertThat(run(ancient, "")).containsExactly(unusable(ancient, "version 1.8.0_392"), "exit 2");
    assertThat(run(missing, "")).containsExactly(unusable(missing, "no bin/java"), "exit 2");
  }

  private static String unusable(Path home, String found) {
    return "elbo: ELBO_JAVA_HOME="
        + home
        + ": expected a JDK 17 or newer, found "
        + found
        + " there; correct it or unset it";
  }

  @Test
  void aJvmThatDoesNotStartIsHeardThoughStandardErrorIsHidden() throws IOException {
    Path broken = jdk("broken", "25", "jdk.incubator.vector");
    executable(broken.resolve("bin/java"), "#!/bin/sh\necho Unrecognized option >&2; exit 1\n");

    assertThat(run(broken, "-Xodd"))
        .containsExactly(
            "Unrecognized option",
            "elbo: %s/bin/java does not start; above is what it said (ELBO_JAVA_OPTS='-Xodd')"
                .formatted(broken),
            "exit 2");
  }

  @Test
  void theNewestJdkOfTheUsualFoldersIsTaken() throws IOException {
    jdk(".sdkman/candidates/java/9.9", "9.0.9", "java.base");
    Path newest = jdk(".jdks/an odd name", "9999.0.10", "java.base");
    jdk(".jdks/older", "9999.0.9", "java.base");
    executable(newest.resolve("bin/java"), "#!/bin/sh\necho newest\n");

    assertThat(run(Path.of(""), "")).containsExactly("newest", "exit 0");
  }

  @Test
  void withoutAJarAndWithoutSourcesTheBuildFailsInOneSentence() throws IOException {
    Files.delete(installed.resolve("cli/target/elbo.jar"));
    executable(folder.resolve("bin/mvn"), "#!/bin/sh\necho no pom; exit 1\n");

    assertThat(run(jdk("jdk", "21", "java.base"), ""))
        .containsExactly(
            "elbo: building (first time; about a minute) …",
            "no pom",
            "elbo: the build failed; above is what Maven said, also in "
                + installed.resolve("cli/target/build.log"),
            "exit 2");
  }

  @Test
  void launchersAtTheSameTimeBuildOnceEvenAfterALockLeftByAKilledOne() throws Exception {
    Files.delete(installed.resolve("cli/target/elbo.jar"));
    Files.createSymbolicLink(installed.resolve("cli/target/building"), Path.of("99999999"));
    executable(
        folder.resolve("bin/mvn"),
        "#!/bin/sh\necho built >>%s/builds; sleep 1; : >'%s/cli/target/elbo.jar'\n"
            .formatted(folder, installed));
    Path home = jdk("jdk", "21", "java.base");
    ExecutorService launchers = Executors.newFixedThreadPool(3);

    List<Future<List<String>>> runs =
        launchers.invokeAll(Collections.nCopies(3, () -> run(home, "")));

    launchers.shutdown();
    for (Future<List<String>> run : runs) {
      assertThat(run.get()).contains("[-jar]", "exit 0");
    }
    assertThat(folder.resolve("builds")).hasContent("built");
    assertThat(installed.resolve("cli/target").toFile().list())
        .containsExactlyInAnyOrder("elbo.jar", "build.log", "archive");
  }

  @Test
  void aSourceNewerThanTheJarIsBuiltAndAnOlderOneIsNot() throws IOException {
    Path sources = Files.createDirectories(installed.resolve("core/src/main"));
    Path source = Files.writeString(sources.resolve("A.java"), "class A {}");
    Path jar = installed.resolve("cli/target/elbo.jar");
    executable(folder.resolve("bin/mvn"), "#!/bin/sh\n: >'%s'\n".formatted(jar));
    Path home = jdk("jdk", "21", "java.base");
    Files.setLastModifiedTime(sources, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000_000));

    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000));
    assertThat(run(home, "")).noneMatch(line -> line.startsWith("elbo:"));
    Files.setLastModifiedTime(source, FileTime.fromMillis(3_000_000));
    assertThat(run(home, "")).startsWith("elbo: building (a source is newer than the jar) …");
    assertThat(run(home, "")).noneMatch(line -> line.startsWith("elbo:"));
  }

  /** Prints its arguments and, asked to, writes an archive. */
  private static final String ARCHIVES =
      """
      #!/bin/sh
      for a; do
        case $a in
          -XX:ArchiveClassesAtExit=*) echo classes >"${a#*=}"; echo recorded >>"$0.log"; exit ;;
        esac
      done
      """
          + PRINTS.substring(PRINTS.indexOf("\n") + 1);

  @Test
  void theArchiveIsMadeOnceForAJarAndAJdkAndThenUsed() throws IOException {
    Path home = jdk("jdk", "21.0.1", "java.base");
    executable(home.resolve("bin/java"), ARCHIVES);
    Path archive = installed.resolve("cli/target/archive" + home + "/21.0.1.jsa");

    assertThat(run(home, "")).contains("[-XX:SharedArchiveFile=" + archive + "]", "[train]");
    assertThat(run(home, "")).contains("[-XX:SharedArchiveFile=" + archive + "]");
    assertThat(home.resolve("bin/java.log")).hasContent("recorded");
    assertThat(archive.getParent().toFile().list()).containsExactly("21.0.1.jsa");

    Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000_000));
    run(home, "");
    assertThat(home.resolve("bin/java.log")).hasContent("recorded\nrecorded");
  }

  @Test
  void aJdkThatCannotArchiveIsAskedOnceAndRunsWithout() throws IOException {
    Path home = jdk("jdk", "21.0.1", "java.base");
    executable(
        home.resolve("bin/java"),
        ARCHIVES.replace("echo classes >\"${a#*=}\";", "").replace("exit ;;", "exit 1 ;;"));

    for (int i = 0; i < 2; i++) {
      assertThat(run(home, ""))
          .contains("[train]", "exit 0")
          .noneMatch(line -> line.contains("SharedArchiveFile") || line.contains("Xlog"));
    }
    assertThat(home.resolve("bin/java.log")).hasContent("recorded");
  }

  @Test
  void aCommandThatOnlyAnswersMakesNoArchiveAndLoadsNoVectors() throws IOException {
    Path home = jdk("jdk", "25", "jdk.incubator.vector");
    for (String word : List.of("--version", "-V", "info")) {
      assertThat(run(home, "", installed.resolve("elbo"), word))
          .contains("[-XX:TieredStopAtLevel=1]")
          .doesNotContain("[--add-modules]", "[-Delbo.stderr=3]");
    }
    assertThat(run(home, "", installed.resolve("elbo"), "train", "--help"))
        .contains("[-XX:TieredStopAtLevel=1]");
    assertThat(installed.resolve("cli/target/archive")).doesNotExist();
  }

  @Test
  void theUsersMemoryAndArchiveFlagsAreTheOnlyOnes() throws IOException {
    Path home = jdk("jdk", "21.0.1", "java.base");
    executable(home.resolve("bin/java"), ARCHIVES);

    assertThat(run(home, "")).contains("[-Xmn16m]");
    assertThat(run(home, "", installed.resolve("elbo"), "serve")).contains("[-Xmn128m]");
    assertThat(run(home, "-Xmx20m")).doesNotContain("[-Xmn16m]", "[-Xms32m]");
    assertThat(run(home, "-Xshare:off"))
        .noneMatch(line -> line.contains("SharedArchiveFile") || line.contains("Xlog"));
  }

  private Path jdk(String name, String version, String modules) throws IOException {
    Path home = folder.resolve(name);
    executable(home.resolve("bin/java"), PRINTS);
    executable(home.resolve("bin/javac"), PRINTS);
    Files.writeString(
        home.resolve("release"),
        "JAVA_VERSION=\"%s\"\nMODULES=\"%s\"\n".formatted(version, modules));
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> run(Path home, String options) throws IOException {
    return run(home, options, installed.resolve("elbo"), "train");
  }

  private List<String> run(Path home, String options, Path launcher, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("/bin/sh", "-c", "\"$0\" \"$@\"; echo \"exit $?\"", launcher.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(words).directory(elsewhere.toFile());
    process.environment().keySet().removeIf(name -> name.matches("(ELBO|JAVA|JDK)_.*"));
    process.environment().put("HOME", folder.toString());
    process.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    process.environment().put("ELBO_JAVA_HOME", home.toString());
    process.environment().put("ELBO_JAVA_OPTS", options);
    return ChildJvm.output(process)
        .lines()
        .filter(line -> !line.startsWith("elbo: preparing"))
        .toList();
  }
}
