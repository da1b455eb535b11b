package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, many, or there when the server stops. */
@Timeout(120)
class LimitsTest {
  private static final Limits SHORT = new Limits(1 << 20, 3L << 20, 20, 16, 300, 100_000, 5_000);

  private static Studio start() {
    return Studios.start(SHORT, Optional.empty(), ModelSource.pretrained());
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void aClientThatSendsNothingMoreIsLetGo() throws IOException {
    try (Studio studio = start()) {
      Wire wire = new Wire(studio.port());
      for (String start :
          List.of(
              "",
              "GET /healthz HT",
              "GET /healthz HTTP/1.1\r\nHost: localhost:" + studio.port() + "\r\n",
              "POST /api/v1/models/default/encode HTTP/1.1\r\nHost: localhost:"
                  + studio.port()
                  + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")) {
        long begun = System.nanoTime();
        try (Socket socket = wire.connect()) {
          send(socket, start);
          Wire.Reply reply = Wire.read(socket);
          assertThat(reply.status()).as(start).isIn(0, 400, 408);
          assertThat(reply.text()).doesNotContain("Exception", "\tat ");
        }
        assertThat(System.nanoTime() - begun).as(start).isLessThan(10_000_000_000L);
      }
      assertThat(wire.get("/healthz").send().status()).isEqualTo(200);
    }
  }

  /** Three megabytes are taken on; while as much is announced and comes slowly, no more is. */
  @Test
  void moreBodiesThanMemoryIsMeantForAreRefusedForNow() throws Exception {
    try (Studio studio = start()) {
      Wire wire = new Wire(studio.port());
      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          Socket socket = wire.connect();
          slow.add(socket);
          send(
              socket,
              "POST /api/v1/models/default/encode HTTP/1.1\r\nHost: localhost:"
                  + studio.port()
                  + "\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n{");
        }
        Thread.sleep(100);
        Wire.Reply reply = wire.post("/api/v1/models/default/encode").json("{}").send();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsKey("retry-after");
        assertThat(reply.error()).startsWith("bodies: expected at most 3 MB under way");
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
      Thread.sleep(500);
      assertThat(wire.post("/api/v1/models/default/encode").json("{}").send().status())
          .isEqualTo(400);
    }
  }

  @Test
  void aBodyThatDripsIsCutOff() throws Exception {
    try (Studio studio = start()) {
      Wire wire = new Wire(studio.port());
      try (Socket socket = wire.connect()) {
        send(
            socket,
            "POST /api/v1/models/default/encode HTTP/1.1\r\nHost: localhost:"
                + studio.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
        int sent = 0;
        try {
          while (sent < 400) {
            send(socket, " ");
            sent++;
            Thread.sleep(20);
          }
        } catch (IOException cutOff) {
          // As it should be.
        }
        assertThat(sent).isLessThan(400);
      }
      assertThat(wire.get("/healthz").send().status()).isEqualTo(200);
    }
  }

  @Test
  void manyIdleConnectionsKeepNobodyOutForLong() throws IOException {
    try (Studio studio = start()) {
      Wire wire = new Wire(studio.port());
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        idle.add(wire.connect());
      }
      assertThat(wire.get("/healthz").send().status()).isEqualTo(200);
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void requestsUnderWayAreAnsweredWhenTheServerStops() throws Exception {
    Studio studio = start();
    Wire wire = new Wire(studio.port());
    wire.get("/healthz").send();
    float[] images = new float[300 * 784];
    List<CompletableFuture<Wire.Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      replies.add(
          CompletableFuture.supplyAsync(
              () -> wire.post("/api/v1/models/default/reconstruct").floats(images).send()));
    }
    Thread.sleep(100);
    studio.close();
    int answered = 0;
    for (CompletableFuture<Wire.Reply> reply : replies) {
      try {
        Wire.Reply got = reply.get();
        assertThat(got.status()).isIn(0, 200, 503);
        answered += got.status() == 200 ? 1 : 0;
        if (got.status() == 200) {
          assertThat(got.json().get("images")).hasSize(300);
        }
      } catch (java.util.concurrent.ExecutionException late) {
        assertThat(late).hasRootCauseInstanceOf(IOException.class);
      }
    }
    assertThat(answered).isPositive();
    assertThatThrownBy(() -> wire.get("/healthz").send()).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void aPortInUseIsToldInOneSentence() {
    try (Studio studio = start()) {
      StudioOptions taken = StudioOptions.local(studio.port(), List.of(ModelSource.pretrained()));
      assertThatThrownBy(() -> Studio.start(taken))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "--port: expected a free port, found %d in use or not allowed; give another, or 0 for any"
                  .formatted(studio.port()));
    }
  }
}
