package dev.elbo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The user's browser, by whatever opens addresses on this system. */
final class Browser {
  private Browser() {}

  /** Opens an address where there is a screen; where not, or where it fails, nothing happens. */
  static void open(String address, Map<String, String> environment, String system) {
    List<String> command = command(address, environment, system);
    if (command.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException absent) {
      // The address stands on the terminal; it can be opened by hand.
    }
  }

  /** Empty where there is no screen. */
  static List<String> command(String address, Map<String, String> environment, String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    if (name.startsWith("mac")) {
      return List.of("open", address);
    }
    boolean hasScreen =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    return hasScreen ? List.of("xdg-open", address) : List.of();
  }
}
