package dev.headway.server;

import dev.headway.core.topic.Hub;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.socket.Places;
import dev.headway.server.transport.SocketSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a server is set up. Whatever a configuration file can say can be said here, too.
 *
 * @param listen where it listens
 * @param node its name, the same after a restart: jobs that it held are taken up again under it
 * @param dataDirectory where the signing key is
 * @param auth accounts and tokens
 * @param sockets how sockets behave
 * @param places how many connections there may be
 * @param jobs how jobs are run
 * @param hub how much of each topic is kept in memory
 */
public record ServerConfig(
    Listen listen,
    String node,
    Path dataDirectory,
    AuthConfig auth,
    SocketSettings sockets,
    Places.Limits places,
    JobSettings jobs,
    Hub.Limits hub) {

  /**
   * Where a server listens.
   *
   * @param addresses the addresses, all at the same port
   * @param port 0 for a free one
   * @param threads event loops, from 1
   * @param allowedOrigins web pages that may connect besides the server's own
   * @param drain how long a leaving server waits for running work
   */
  public record Listen(
      List<InetAddress> addresses,
      int port,
      int threads,
      Set<String> allowedOrigins,
      Duration drain) {
    /** Takes copies. */
    public Listen {
      addresses = List.copyOf(addresses);
      allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /** Both loopback addresses: {@code localhost} may mean either. */
    public static Listen loopback(int port) {
      var addresses = List.of(address(new byte[] {127, 0, 0, 1}), address(ipv6Loopback()));
      return new Listen(addresses, port, 2, Set.of(), Duration.ofSeconds(10));
    }

    private static byte[] ipv6Loopback() {
      var bytes = new byte[16];
      bytes[15] = 1;
      return bytes;
    }

    private static InetAddress address(byte[] bytes) {
      try {
        return InetAddress.getByAddress(bytes);
      } catch (java.net.UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Whether nobody outside this machine can connect. */
    public boolean loopbackOnly() {
      return addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }
  }

  /**
   * How jobs are run.
   *
   * @param concurrency how many the server runs at once, from 1
   * @param lease how long its own leases last
   * @param cancelPatience how long work may take to answer a cancellation
   * @param keep how long ended jobs are kept
   */
  public record JobSettings(
      int concurrency, Duration lease, Duration cancelPatience, Duration keep) {
    /** Two at once, leases of half a minute, 30 days. */
    public static final JobSettings DEFAULT =
        new JobSettings(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofDays(30));
  }

  /** A server on the loopback addresses with everything at its default. */
  public static ServerConfig loopback(int port, Path dataDirectory) {
    return new ServerConfig(
        Listen.loopback(port),
        "node-1",
        dataDirectory,
        AuthConfig.DEFAULTS,
        SocketSettings.DEFAULT,
        Places.Limits.DEFAULT,
        JobSettings.DEFAULT,
        Hub.Limits.DEFAULT);
  }
}
