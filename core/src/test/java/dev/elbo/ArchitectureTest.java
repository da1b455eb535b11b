package dev.elbo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house's plan as rules: which package may know which, and what would break the bits. */
class ArchitectureTest {
  private static final String ROOT = "dev.elbo";

  /** The packages, and those of ours that each may use; the root is open to all. */
  private static final Map<String, List<String>> MAY_USE = new TreeMap<>();

  static {
    MAY_USE.put("algebra", List.of());
    MAY_USE.put("kernel", List.of());
    MAY_USE.put("picture", List.of());
    MAY_USE.put("tensor", List.of("kernel"));
    MAY_USE.put("distribution", List.of("kernel", "tensor"));
    MAY_USE.put("network", List.of("kernel", "tensor"));
    MAY_USE.put("model", List.of("kernel", "tensor", "distribution", "network", "data"));
    MAY_USE.put("objective", List.of("tensor", "distribution", "model"));
    MAY_USE.put("data", List.of("tensor"));
    MAY_USE.put("checkpoint", List.of("tensor", "model", "latent"));
    MAY_USE.put("latent", List.of("algebra", "kernel", "tensor", "distribution", "model"));
    MAY_USE.put("map", List.of("algebra", "kernel", "tensor"));
    MAY_USE.put(
        "evaluation",
        List.of("kernel", "tensor", "distribution", "model", "objective", "data", "latent"));
    MAY_USE.put(
        "training",
        List.of(
            "kernel",
            "tensor",
            "distribution",
            "model",
            "objective",
            "data",
            "checkpoint",
            "latent",
            "evaluation",
            "picture"));
    MAY_USE.put(
        "quality",
        List.of("algebra", "kernel", "tensor", "network", "data", "checkpoint", "training"));
  }

  private static JavaClasses core;

  @BeforeAll
  static void read() {
    core =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  static Set<String> packages() {
    return MAY_USE.keySet();
  }

  @Test
  void everyPackageHasItsPlace() {
    List<String> found =
        core.stream()
            .map(type -> type.getPackageName())
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1))
            .distinct()
            .sorted()
            .toList();
    assertThat(found).containsExactlyElementsOf(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyThoseBelowIt(String name) {
    List<String> allowed = new ArrayList<>(MAY_USE.get(name));
    allowed.add(name);
    List<String> forbidden = MAY_USE.keySet().stream().filter(p -> !allowed.contains(p)).toList();
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.stream().map(p -> ROOT + "." + p).toArray(String[]::new))
        .check(core);
  }

  @Test
  void theRootKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".*..")
        .check(core);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void onlyKernelsKnowTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(core);
  }

  private static final List<String> INEXACT =
      List.of(
          "exp", "expm1", "log", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan",
          "atan2", "sinh", "cosh", "tanh", "pow", "cbrt", "hypot", "random");

  /** Their last bit may differ between JDKs and processors; StrictMath's may not. */
  @Test
  void noFunctionOfMathWhoseLastBitIsFree() {
    forbid("call Math.exp and its like", Math.class, INEXACT);
  }

  /** Lanes are added in no fixed order, and the operators come from a library of the host. */
  @Test
  void noVectorOperationWhoseBitsAreFree() {
    String api = "jdk.incubator.vector.";
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "reduce lanes",
                access ->
                    access.getTargetOwner().getName().startsWith(api)
                        && access.getName().startsWith("reduceLanes")))
        .check(core);
    List<String> operators =
        List.of(
            "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN",
            "ATAN2", "SINH", "COSH", "TANH", "POW", "CBRT", "HYPOT");
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "use EXP and its like",
                access ->
                    access.getTargetOwner().getName().equals(api + "VectorOperators")
                        && operators.contains(access.getName())))
        .check(core);
  }

  @Test
  void randomnessIsNoiseAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, ThreadLocalRandom.class, java.security.SecureRandom.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.random")
        .check(core);
  }

  /** The JDK salts the order of Set.of and Map.of anew in each run. */
  @Test
  void noMapWhoseOrderIsSalted() {
    forbid("call Map.of", Map.class, List.of("of", "ofEntries", "copyOf"));
    forbid("call Set.copyOf", Set.class, List.of("copyOf"));
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "call Set.of with more than one element",
                access ->
                    access.getTargetOwner().isEquivalentTo(Set.class)
                        && access.getName().equals("of")
                        && !isOfOne(access.getTarget().getFullName())))
        .check(core);
  }

  /** Who uses a hash table all the same, and why no order of it reaches a result. */
  private static final Map<String, String> HASHING = new TreeMap<>();

  static {
    HASHING.put(ROOT + ".checkpoint.CheckpointStore", "asked whether a file is in it, no more");
    HASHING.put(ROOT + ".checkpoint.RunLock", "asked whether a folder is in it, no more");
    HASHING.put(ROOT + ".checkpoint.SafeTensorsHeader", "asked whether a name is in it, no more");
    HASHING.put(ROOT + ".checkpoint.TensorFile", "asked whether a name is in it, no more");
    HASHING.put(ROOT + ".tensor.BackwardOrder", "asked for a tensor or an operation, never walked");
    HASHING.put(
        ROOT + ".training.AveragedWeights", "asked for the average of a parameter, never walked");
    HASHING.put(
        ROOT + ".training.ClippedGradients", "asked for the gradient of a parameter, never walked");
    HASHING.put(ROOT + ".training.Adam", "asked for the moments of a parameter, never walked");
  }

  /** The order of a hash table hangs on hash codes, which for most objects differ in each run. */
  @Test
  void hashTablesOnlyWhereNobodyWalksThem() {
    List<String> tables =
        Stream.of(
                HashMap.class,
                HashSet.class,
                IdentityHashMap.class,
                WeakHashMap.class,
                Hashtable.class,
                ConcurrentHashMap.class)
            .map(Class::getName)
            .toList();
    Set<String> users = new TreeSet<>();
    for (JavaClass type : core) {
      if (type.getDirectDependenciesFromSelf().stream()
          .anyMatch(use -> tables.contains(use.getTargetClass().getName()))) {
        users.add(type.getName().replaceFirst("\\$.*", ""));
      }
    }
    assertThat(users).isEqualTo(HASHING.keySet());
  }

  private static boolean isOfOne(String signature) {
    return signature.endsWith("()") || signature.endsWith("(java.lang.Object)");
  }

  private static void forbid(String what, Class<?> owner, List<String> names) {
    DescribedPredicate<JavaAccess<?>> calls =
        describe(
            what,
            access ->
                access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
    noClasses().should().accessTargetWhere(calls).check(core);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(core);
  }

  @Test
  void topLevelClassesAndRecordsAreFinal() {
    classes()
        .that(
            describe(
                "are top-level classes",
                type -> type.isTopLevelClass() && !type.isInterface() && !type.isEnum()))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(core);
  }
}
