package dev.elbo.data;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The body of one answer, kept in memory: at most the bytes that the file is known to have. An
 * answer that cannot be the file is cut off at once.
 */
final class Transfer implements BodySubscriber<byte[]> {
  private static final int OK = 200;

  private final int expected;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private byte[] bytes = {};
  private volatile int received;
  private volatile long lastByteNanos;
  private volatile IOException failure;

  Transfer(long expected) {
    this.expected = Math.toIntExact(expected);
    this.lastByteNanos = System.nanoTime();
  }

  /** Looks at the head of the answer; serves as the client's body handler. */
  BodySubscriber<byte[]> begin(ResponseInfo head) {
    OptionalLong length = head.headers().firstValueAsLong("Content-Length");
    if (head.statusCode() != OK) {
      fail("HTTP status " + head.statusCode());
    } else if (length.isPresent() && length.getAsLong() != expected) {
      fail("offers " + length.getAsLong() + " bytes instead of " + expected);
    } else {
      bytes = new byte[expected];
      lastByteNanos = System.nanoTime();
    }
    return this;
  }

  /** Bytes of the file that have come so far. */
  int received() {
    return received;
  }

  /** When the last byte came, or before the first when the wait for it began. */
  long lastByteNanos() {
    return lastByteNanos;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (body.isDone()) {
      subscription.cancel();
    } else {
      body.whenComplete((done, error) -> subscription.cancel());
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int length = buffer.remaining();
      if (length > expected - received) {
        fail("sends more than " + expected + " bytes");
      }
      if (body.isDone()) {
        return;
      }
      buffer.get(bytes, received, length);
      received += length;
      lastByteNanos = System.nanoTime();
    }
  }

  @Override
  public void onError(Throwable error) {
    fail("broke off after " + received + " of " + expected + " bytes");
  }

  @Override
  public void onComplete() {
    if (received < expected) {
      fail("ended after " + received + " of " + expected + " bytes");
    } else {
      body.complete(bytes);
    }
  }

  /** Ends the wait for the body and lets go of the connection. */
  void fail(String reason) {
    IOException thrown = new IOException(reason);
    if (body.completeExceptionally(thrown)) {
      failure = thrown;
    }
  }

  /** Why there is no body, in our words, once the wait for it has ended. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }
}
