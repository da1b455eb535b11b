package dev.elbo.cli;

import dev.elbo.studio.Studio;
import dev.elbo.studio.StudioOptions;
import dev.elbo.studio.model.ModelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The usual commands once, small, in one process: the JVM that the launcher has run this archives
 * the classes that it loaded, and later ones start from that.
 */
final class Rehearsal {
  private static final int IMAGES = 300;
  private static final int SIDE = 28;

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
    visit(folder);
  }

  /** The studio, until it is ready and has answered; its own data would take longer to read. */
  private static void visit(Path folder) throws IOException {
    ModelChoice.Chosen run = ModelChoice.named(folder.resolve("run"));
    ModelSource source = new ModelSource("run", run.name(), run.file(), run.model(), run.run());
    Path runs = folder.resolve("runs");
    try (Studio studio =
        Studio.start(StudioOptions.training(0, List.of(source), Optional.of(folder), runs))) {
      for (String path : List.of("healthz", "", "api/v1/models", "api/v1/models/run")) {
        request(studio.port(), path);
      }
    }
  }

  /** By a bare socket: a client's classes are nothing that a studio needs. */
  private static void request(int port, String path) throws IOException {
    try (Socket socket = new Socket(StudioOptions.LOOPBACK, port)) {
      String head = "GET /%s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(
              head.formatted(path, StudioOptions.LOOPBACK, port).getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().readAllBytes();
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
