package dev.elbo.studio.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Latencies of each route, and how requests ended. */
public final class RequestMetrics implements MetricsSource {
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
  };

  private static final double NANOS = 1e9;

  private final Map<String, Histogram> latencies = new ConcurrentSkipListMap<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();

  void answered(Route route, long nanos) {
    latencies
        .computeIfAbsent(route.method() + " " + route.path(), key -> new Histogram(SECONDS))
        .add(nanos / NANOS);
  }

  void ended(int status) {
    statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
  }

  @Override
  public void writeTo(MetricsText text) {
    String latency = "elbo_http_request_seconds";
    text.metric(latency, "histogram", "Time to an answer, by route.");
    latencies.forEach((route, histogram) -> histogram.writeTo(text, latency, "route", route));
    String ended = "elbo_http_responses_total";
    text.metric(ended, "counter", "Answers, by status.");
    statuses.forEach((status, count) -> text.value(ended, count.sum(), "status", "" + status));
  }
}
