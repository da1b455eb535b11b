package dev.elbo.studio.http;

/** Something that counts what it does. */
@FunctionalInterface
public interface MetricsSource {
  void writeTo(MetricsText text);
}
