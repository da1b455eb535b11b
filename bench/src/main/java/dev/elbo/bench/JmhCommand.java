package dev.elbo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code elbo-bench jmh}. */
@Command(
    name = "jmh",
    description = {
      "Microbenchmarks of each kernel, for developers; what follows goes to JMH.",
      "-h lists its flags, -l the benchmarks; a name or a part of it chooses."
    })
final class JmhCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
