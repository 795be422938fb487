package dev.headway.server;

import dev.headway.core.setting.SettingType;
import dev.headway.core.setting.Words;
import dev.headway.server.ServerConfig.Listen;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses of this machine, by name or number; {@code localhost} is both loopback addresses. */
final class HostAddresses implements SettingType<List<InetAddress>> {
  private static final String LOCALHOST = "localhost";
  private static final List<InetAddress> LOOPBACK = Listen.loopback(0).addresses();

  @Override
  public String description() {
    return "localhost, or addresses and names separated by commas";
  }

  @Override
  public List<InetAddress> read(String text) {
    return Words.split(text).stream().flatMap(word -> resolve(word).stream()).distinct().toList();
  }

  private static List<InetAddress> resolve(String host) {
    if (host.equals(LOCALHOST)) {
      return LOOPBACK;
    }
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException(
          "\"%s\" is not a known host name or address".formatted(host));
    }
  }

  @Override
  public String show(List<InetAddress> addresses) {
    return addresses.equals(LOOPBACK)
        ? LOCALHOST
        : addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }
}
