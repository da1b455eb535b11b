package dev.elbo.studio.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** By what names a server is called that listens on an address. */
public final class OwnNames {
  private OwnNames() {}

  /** Whether it stands for every address of this machine. */
  public static boolean isEvery(String host) {
    return List.of("0.0.0.0", "::", "[::]").contains(host);
  }

  /** As they stand in the header Host, without a port. */
  static List<String> of(String host) {
    if (!isEvery(host)) {
      return List.of(bracketed(host.toLowerCase(Locale.ROOT)));
    }
    TreeSet<String> names = new TreeSet<>();
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException nameless) {
      // Its addresses are left.
    }
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : each.inetAddresses().toList()) {
          // Without the interface's name behind a local IPv6 address.
          names.add(bracketed(address.getHostAddress().replaceAll("%.*", "")));
        }
      }
    } catch (SocketException unknown) {
      // Loopback is always there.
    }
    return new ArrayList<>(names);
  }

  private static String bracketed(String name) {
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }
}
