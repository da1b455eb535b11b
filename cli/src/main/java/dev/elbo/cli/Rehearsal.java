package dev.elbo.cli;

import dev.elbo.studio.Studio;
import dev.elbo.studio.StudioOptions;
import dev.elbo.studio.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The usual commands once, small, in one process: the JVM that the launcher has run this archives
 * the classes that it loaded, and later ones start from that.
 */
final class Rehearsal {
  private static final int IMAGES = 300;
  private static final int SIDE = 28;
  private static final List<String> PATHS =
      List.of(
          "healthz", "", "api/v1/models", "api/v1/models/default", "api/v1/models/default/sample");

  private Rehearsal() {}

  /** Takes an empty folder to write into. */
  public static void main(String[] arguments) throws IOException {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Path folder = Path.of(arguments[0]);
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, idx());
    String[][] lines = {
      {"--version"},
      {"generate", "--out", folder.resolve("generated.png").toString(), "--quiet"},
      {
        "train",
        "--data",
        folder.toString(),
        "--epochs",
        "2",
        "--out",
        folder.resolve("run").toString(),
        "--quiet"
      },
      {"info", folder.resolve("run").toString()},
    };
    for (String[] line : lines) {
      int code = Main.execute(Main.commandLine(line), line);
      if (code != 0) {
        System.exit(code);
      }
    }
    serve();
  }

  /** A server's first answers, in the order in which a page asks for them. */
  private static void serve() throws IOException {
    try (Studio studio = Studio.start(StudioOptions.local(0, List.of(ModelSource.pretrained())))) {
      for (String path : PATHS) {
        HttpURLConnection connection =
            (HttpURLConnection) new URL(studio.address() + path).openConnection();
        try (InputStream in = connection.getInputStream()) {
          in.readAllBytes();
        }
      }
    }
  }

  /** Images of which four pixels of five are zero, as MNIST's. */
  private static byte[] idx() {
    ByteBuffer bytes = ByteBuffer.allocate(16 + IMAGES * SIDE * SIDE);
    bytes.putInt(0x0803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put((byte) (i * 7 % 5 == 0 ? 1 + i % 255 : 0));
    }
    return bytes.array();
  }
}
