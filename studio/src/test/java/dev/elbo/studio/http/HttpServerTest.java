package dev.elbo.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpServerTest {
  /** If a guard refused it, the classes of an answer would not be loaded. */
  @Test
  void theRehearsedRequestIsAnswered() throws Exception {
    assertThat(HttpServer.rehearsal()).startsWith("HTTP/1.1 200").endsWith("ok");
  }
}
