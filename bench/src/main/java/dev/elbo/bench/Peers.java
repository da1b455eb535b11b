package dev.elbo.bench;

import dev.elbo.bench.PeerPlan.Kind;
import dev.elbo.bench.peer.ElboPeer;
import dev.elbo.bench.peer.TorchPeer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The peers of this machine.
 *
 * @param root of the source tree
 * @param data folder of MNIST, or {@link dev.elbo.bench.peer.Digits#SYNTHETIC}
 */
record Peers(Path root, String data) {
  private static final String DL4J = "dev.elbo.bench.dl4j.Dl4jPeer";

  PeerPlan elbo(Jdk jdk, int threads) {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(jdk.flags());
    command.addAll(List.of("-cp", classPath(), ElboPeer.class.getName()));
    command.addAll(List.of(String.valueOf(threads), data));
    String name = "Elbo, JDK " + jdk.feature() + ", " + count(threads);
    return new PeerPlan(Kind.ELBO, name, threads, command, Map.of());
  }

  /** libtorch in every sensible setting of its two pools up to so many threads; none if absent. */
  static List<TorchSetting> torchSettings(int threads) {
    return TorchPeer.present() ? TorchSetting.upTo(threads) : List.of();
  }

  PeerPlan torch(TorchSetting setting) {
    List<String> command = nativeJvm(TorchPeer.class.getName(), classPath());
    command.add(data);
    return new PeerPlan(
        Kind.LIBTORCH, setting.toString(), setting.threads(), command, setting.environment());
  }

  /** Deeplearning4j on 1 and on so many threads; none if it was not built or has no natives. */
  List<PeerPlan> deeplearning4j(int threads) {
    Path list = root.resolve("bench/dl4j/target/classpath.txt");
    Path classes = root.resolve("bench/dl4j/target/classes");
    if (!Files.isReadable(list)) {
      return List.of();
    }
    String jars;
    try {
      jars = Files.readString(list).strip();
    } catch (IOException unreadable) {
      return List.of();
    }
    if (!jars.contains("nd4j-native-1.0.0-M2.1-")) {
      return List.of();
    }
    List<PeerPlan> plans = new ArrayList<>();
    for (int count : new TreeSet<>(List.of(1, threads))) {
      List<String> command = nativeJvm(DL4J, classes + File.pathSeparator + jars);
      command.add(data);
      String number = String.valueOf(count);
      plans.add(
          new PeerPlan(
              Kind.DL4J,
              "Deeplearning4j, " + count(count),
              count,
              command,
              Map.of("OMP_NUM_THREADS", number, "OPENBLAS_NUM_THREADS", number)));
    }
    return plans;
  }

  /** A JVM of this process's kind for an engine of native code. */
  static List<String> nativeJvm(String main, String classPath) {
    List<String> command = new ArrayList<>(List.of(Jdk.own().java()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    if (Jdk.own().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }

  static String count(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }
}
