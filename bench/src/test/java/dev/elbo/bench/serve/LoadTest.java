package dev.elbo.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {
  @Test
  void aQuantileIsTheLeastTimeThatSuchAShareDidNotExceed() {
    Load load = new Load(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, 2);

    assertThat(load.quantile(0.5)).isEqualTo(5);
    assertThat(load.quantile(0.9)).isEqualTo(9);
    assertThat(load.quantile(0.99)).isEqualTo(100);
    assertThat(load.requestsPerSecond()).isEqualTo(5);
  }

  @Test
  void everyRequestIsTimedAndNoneIsLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = server(200, asked);
    try {
      Load load = Load.of(server.getAddress().getPort(), 3, 0.2, "/x", new byte[5]);

      assertThat(load.milliseconds()).hasSize(asked.get()).isSorted();
      assertThat(load.seconds()).isGreaterThanOrEqualTo(0.2);
      assertThat(asked.get()).isGreaterThan(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anErrorOfTheServerEndsTheMeasurement() throws Exception {
    HttpServer server = server(503, new AtomicInteger());
    try {
      assertThatThrownBy(() -> Load.of(server.getAddress().getPort(), 2, 0.2, "/x", new byte[5]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("HTTP/1.1 503");
    } finally {
      server.stop(0);
    }
  }

  /** The JDK's own. */
  private static HttpServer server(int status, AtomicInteger asked) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/x",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return server;
  }
}
