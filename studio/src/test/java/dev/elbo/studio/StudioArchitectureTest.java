package dev.elbo.studio;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The studio's part of the house: which package may know which, and what never leaves one. */
class StudioArchitectureTest {
  private static final String ROOT = "dev.elbo.studio";

  /** The packages, and those of the studio that each may use. */
  private static final Map<String, List<String>> MAY_USE = new TreeMap<>();

  static {
    MAY_USE.put("http", List.of());
    MAY_USE.put("model", List.of("http"));
    MAY_USE.put("map", List.of("http", "model"));
    MAY_USE.put("run", List.of("http", "model"));
    MAY_USE.put("explorer", List.of("http", "model", "map"));
  }

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.elbo");
    assertThat(all.containPackage(ROOT)).isTrue();
  }

  @Test
  void packagesUseOnlyThoseBelowThem() {
    MAY_USE.forEach(
        (name, others) -> {
          String[] forbidden =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(name) && !others.contains(other))
                  .map(other -> ROOT + "." + other + "..")
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(ROOT + "." + name + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .orShould()
              .dependOnClassesThat(
                  describe("compose the studio", type -> type.getPackageName().equals(ROOT)))
              .allowEmptyShould(true)
              .check(all);
        });
  }

  @Test
  void everyPackageStandsInThatPlan() {
    assertThat(all.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(ROOT)))
        .allMatch(
            name -> name.equals(ROOT) || MAY_USE.containsKey(name.substring(ROOT.length() + 1)));
  }

  @Test
  void theLibraryKnowsNothingOfTheStudio() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "..")
        .check(all);
  }

  /** So that another server could take their place by changing one package. */
  @Test
  void onlyThePackageOfHttpKnowsTheServersLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "kotlin..")
        .check(all);
  }

  /** Nothing that a request says is ever fetched. */
  @Test
  void nothingOpensAConnection() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URL")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(all);
  }

  /** What a route is given has no way to the file system. */
  @Test
  void theHttpPackageOpensNoFile() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".http")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .check(all);
  }

  @Test
  void topLevelClassesAreFinal() {
    classes()
        .that()
        .resideInAPackage(ROOT + "..")
        .and(
            describe(
                "are top-level classes",
                type -> type.isTopLevelClass() && !type.isInterface() && !type.isEnum()))
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(all);
  }
}
