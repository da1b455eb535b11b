package dev.elbo.kernel;

import dev.elbo.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which kernels this process runs, and why where it is not the fast ones.
 *
 * @param notice one line for the user, where something costs speed
 */
public record KernelChoice(Kernels kernels, Optional<String> notice) {
  /** Vector kernels are used on HotSpot of these feature releases; others were not tested. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;
  private static final int FIRST_SOUND_UPDATE_OF_17 = 10;
  private static final List<String> WISHES = List.of("", "plain", "vector");

  private static volatile KernelChoice chosen;

  /** The choice for this process, made once; {@code ELBO_KERNELS} may wish for one. */
  public static KernelChoice chosen() {
    if (chosen == null) {
      chosen = choose(System.getenv("ELBO_KERNELS"));
    }
    return chosen;
  }

  static KernelChoice choose(String wish) {
    String wanted = wish == null ? "" : wish.strip().toLowerCase(Locale.ROOT);
    if (!WISHES.contains(wanted)) {
      throw new InputException(
          "ELBO_KERNELS: expected plain or vector, found %s; set it so or unset it"
              .formatted(wish));
    }
    if (wanted.equals("plain")) {
      return new KernelChoice(new PlainKernels(), Optional.empty());
    }
    Optional<String> obstacle = obstacle(wanted.equals("vector"));
    if (obstacle.isPresent()) {
      return plain(obstacle.get());
    }
    Kernels vector = Vector.kernels();
    Optional<String> failure = Canary.failure(vector);
    if (failure.isPresent()) {
      return plain("this JVM computes " + failure.get() + " wrongly in vectors");
    }
    return new KernelChoice(vector, Optional.empty());
  }

  private static KernelChoice plain(String why) {
    return new KernelChoice(
        new PlainKernels(), Optional.of("plain kernels (slower, the same results): " + why));
  }

  private static Optional<String> obstacle(boolean forced) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.of(
          "start java with --add-modules jdk.incubator.vector, as ./elbo does, to get the speed");
    }
    if (forced) {
      return Optional.empty();
    }
    return obstacle(Runtime.version(), System.getProperty("java.vm.version", ""))
        .or(KernelChoice::otherMachine);
  }

  /** What is known or unknown of a Java version and its virtual machine. */
  static Optional<String> obstacle(Runtime.Version version, String machineVersion) {
    int feature = version.feature();
    if (feature < OLDEST || feature > NEWEST) {
      return Optional.of(
          "Java %d was not tested; a JDK from %d to %d gives the speed, or ELBO_KERNELS=vector"
              .formatted(feature, OLDEST, NEWEST));
    }
    if (feature == OLDEST && version.update() < FIRST_SOUND_UPDATE_OF_17) {
      return Optional.of(
          "Java 17.0.%d miscompiles vectors (JDK-8317121); 17.0.%d or newer gives the speed"
              .formatted(version.update(), FIRST_SOUND_UPDATE_OF_17));
    }
    if (machineVersion.contains("jvmci") && feature < NEWEST) {
      return Optional.of("a JVMCI compiler was not tested; a HotSpot JDK gives the speed");
    }
    return Optional.empty();
  }

  private static Optional<String> otherMachine() {
    String machine = System.getProperty("java.vm.name", "");
    if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
      return Optional.of(machine + " was not tested; a HotSpot JDK gives the speed");
    }
    return Optional.empty();
  }

  /** Loads the class that needs the module only where the module is. */
  private static final class Vector {
    static Kernels kernels() {
      return new VectorKernels();
    }
  }
}
