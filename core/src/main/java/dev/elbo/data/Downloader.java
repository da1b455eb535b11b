package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.data.UnreachableException.Attempt;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches files of a known data set into a folder, from its mirrors in turn. What a mirror sends is
 * held in memory until its SHA-256 is known to be right, and only then appears in the folder.
 * Proxies are those of the JVM's default selector.
 */
final class Downloader {
  private static final long POLL_MILLIS = 100;

  private final KnownDataSet set;
  private final Patience patience;
  private final DownloadListener listener;
  private final HttpClient client;

  /** The best mirror first: one that fails goes to the end, so that its time-out is paid once. */
  private final List<URI> mirrors;

  private long silentSince = System.nanoTime();

  Downloader(KnownDataSet set, Patience patience, DownloadListener listener) {
    this.set = set;
    this.patience = patience;
    this.listener = listener;
    this.mirrors = new ArrayList<>(set.mirrors());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.connect())
            .build();
  }

  /**
   * Puts the file into the folder and returns its path.
   *
   * @throws UnreachableException when no mirror gave it
   * @throws InputException when the folder cannot be written
   */
  Path fetch(KnownFile file, Path folder) throws UnreachableException {
    List<Attempt> failed = new ArrayList<>();
    for (URI mirror : List.copyOf(mirrors)) {
      URI address = mirror.resolve(file.gzipName());
      try {
        byte[] bytes = get(address, file);
        String found = Sha256.of(bytes);
        if (!found.equals(file.gzipSha256())) {
          throw new IOException("has SHA-256 " + found + " instead of " + file.gzipSha256());
        }
        return CacheFile.write(folder.resolve(file.gzipName()), bytes);
      } catch (IOException | ExecutionException e) {
        failed.add(new Attempt(address, Reason.of(e)));
        mirrors.remove(mirror);
        mirrors.add(mirror);
      }
    }
    throw new UnreachableException(failed);
  }

  private byte[] get(URI address, KnownFile file) throws IOException, ExecutionException {
    if (since(silentSince).compareTo(patience.silence()) >= 0) {
      throw new IOException("not tried, no answer in " + seconds(patience.silence()));
    }
    Transfer transfer = new Transfer(file.gzipBytes());
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(HttpRequest.newBuilder(address).build(), transfer::begin);
    try {
      while (true) {
        try {
          byte[] body = answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS).body();
          listener.received(address, file.gzipName(), body.length, file.gzipBytes());
          return body;
        } catch (TimeoutException stillWaiting) {
          if (transfer.received() > 0) {
            silentSince = transfer.lastByteNanos();
            listener.received(address, file.gzipName(), transfer.received(), file.gzipBytes());
          }
          checkPatience(transfer, began);
        }
      }
    } catch (ExecutionException e) {
      // The client may end the answer in words of its own before it tells the body.
      if (transfer.received() > 0) {
        transfer.onError(e);
      }
      if (transfer.failure().isPresent()) {
        throw transfer.failure().get();
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(address + ": the download was interrupted; run again", e);
    } finally {
      if (transfer.received() > 0) {
        silentSince = transfer.lastByteNanos();
      }
      transfer.fail("given up");
      answer.cancel(true);
    }
  }

  private void checkPatience(Transfer transfer, long began) throws IOException {
    if (since(transfer.lastByteNanos()).compareTo(patience.stall()) >= 0) {
      throw new IOException(
          "no byte for " + seconds(patience.stall()) + ", after " + transfer.received());
    }
    if (since(silentSince).compareTo(patience.silence()) >= 0) {
      throw new IOException("no answer in " + seconds(patience.silence()) + " from any mirror");
    }
    if (since(began).compareTo(patience.file()) >= 0) {
      throw new IOException("not finished in " + seconds(patience.file()));
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }
}
