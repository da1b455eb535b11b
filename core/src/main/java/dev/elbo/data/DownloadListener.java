package dev.elbo.data;

import java.net.URI;

/** Hears how a download goes on, about ten times a second and at the end of each file. */
@FunctionalInterface
public interface DownloadListener {
  DownloadListener SILENT = (mirror, file, received, total) -> {};

  void received(URI mirror, String file, long received, long total);
}
