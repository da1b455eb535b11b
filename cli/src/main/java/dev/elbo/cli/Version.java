package dev.elbo.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code elbo --version} says. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "elbo %s (Java %s)"
          .formatted(version == null ? "development" : version, Runtime.version().feature())
    };
  }
}
