package dev.elbo.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program stands on the library, which knows nothing of it nor of what it draws with. */
class ProgramArchitectureTest {
  private static final String CLI = "dev.elbo.cli";

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.elbo");
  }

  @Test
  void theProgramUsesTheLibrary() {
    classes()
        .that()
        .haveFullyQualifiedName(CLI + ".TrainCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.elbo.training")
        .check(all);
  }

  @Test
  void theLibraryKnowsNeitherTheProgramNorItsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            CLI + "..",
            "picocli..",
            "org.knowm.xchart..",
            "org.apache.batik..",
            "me.tongfei.progressbar..")
        .check(all);
  }

  private static final List<String> INEXACT =
      List.of(
          "exp", "expm1", "log", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan",
          "atan2", "sinh", "cosh", "tanh", "pow", "cbrt", "hypot", "random");

  /** What the program prints and draws must be the same everywhere too. */
  @Test
  void noFunctionOfMathWhoseLastBitIsFree() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "call Math.exp and its like",
                access ->
                    access.getTargetOwner().isEquivalentTo(Math.class)
                        && INEXACT.contains(access.getName())))
        .check(all);
  }

  @Test
  void topLevelClassesAndRecordsAreFinal() {
    classes()
        .that()
        .resideInAPackage(CLI)
        .and(
            describe(
                "are top-level classes",
                type -> type.isTopLevelClass() && !type.isInterface() && !type.isEnum()))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(all);
  }
}
