package dev.headway.server;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import dev.headway.core.setting.SettingTypes;
import dev.headway.core.topic.Hub;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.status.ServerStatus;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * The configuration of a server. Whatever a configuration file can say can be said here, too.
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
    @Setting(
            name = "server.node",
            type = SettingTypes.Name.class,
            text =
                "The server's name, under which it takes its jobs up again after a restart; unique among servers on one database. When empty, one is made up and kept in the data directory.")
        String node,
    @Setting(
            name = "data",
            preset = "~/.headway",
            text =
                "The data directory, for one server at a time: the signing key, the node's name and, unless another is named, the database.")
        Path dataDirectory,
    AuthConfig auth,
    SocketSettings sockets,
    ConnectionLimits.Settings places,
    JobSettings jobs,
    Hub.Limits hub) {

  /**
   * Where a server listens.
   *
   * @param addresses the addresses, all at the same port
   * @param port 0 for a free one
   * @param threads event loops, from 1
   * @param allowedOrigins web pages that may connect besides the server's own
   * @param frameAncestors web pages that may show the page of a link in a frame
   * @param trustedProxies proxies that say where their clients are
   * @param drain how long a leaving server waits for running work
   */
  public record Listen(
      @Setting(
              name = "host",
              preset = "localhost",
              type = HostAddresses.class,
              text =
                  "Where to listen. localhost is both loopback addresses. Any other address needs authentication to be set up first: a user (`headway user add`) or an identity provider.")
          List<InetAddress> addresses,
      @Setting(
              name = "port",
              preset = "8000",
              max = 65_535,
              text =
                  "The port for HTTP, WebSocket and the dashboard; 0 takes a free one and prints it.")
          int port,
      @Setting(
              name = "server.threads",
              preset = "2",
              min = 1,
              max = 64,
              text = "How many event loops there are.")
          int threads,
      @Setting(
              name = "http.allowed-origins",
              type = WebOrigins.class,
              text = "Web pages that may connect, besides the server's own.")
          Set<String> allowedOrigins,
      @Setting(
              name = "http.frame-ancestors",
              type = WebOrigins.class,
              text =
                  "Web pages that may show the page of a link (/watch) in a frame; none unless they are listed. No other page of the server can be framed.")
          Set<String> frameAncestors,
      @Setting(
              name = "http.trusted-proxies",
              type = TrustedProxyList.class,
              text =
                  "Proxies whose Forwarded or X-Forwarded-For is taken for the client's address, by which limits count and which the log shows.")
          TrustedProxies trustedProxies,
      @Setting(
              name = "server.drain-seconds",
              preset = "10",
              max = 3_600,
              text = "How long a server that is told to stop waits for running jobs.")
          Duration drain) {
    /** Takes copies. */
    public Listen {
      addresses = List.copyOf(addresses);
      allowedOrigins = Set.copyOf(allowedOrigins);
      frameAncestors = Set.copyOf(frameAncestors);
    }

    /** Both loopback addresses: {@code localhost} may mean either. */
    public static Listen loopback(int port) {
      var addresses = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
      return new Listen(
          addresses, port, 2, Set.of(), Set.of(), TrustedProxies.NONE, Duration.ofSeconds(10));
    }

    /** The same with another time for running work when the server leaves. */
    public Listen withDrain(Duration value) {
      return new Listen(
          addresses, port, threads, allowedOrigins, frameAncestors, trustedProxies, value);
    }

    /** The same with other proxies that say where their clients are. */
    public Listen withTrustedProxies(TrustedProxies value) {
      return new Listen(addresses, port, threads, allowedOrigins, frameAncestors, value, drain);
    }

    /** Whether nobody outside this machine can connect. */
    public boolean loopbackOnly() {
      return addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }
  }

  /** The limits in force, as administrators see them. */
  public ServerStatus.Limits limits() {
    return new ServerStatus.Limits(
        places.total(),
        places.perUser(),
        places.perResource(),
        sockets.maxFrame(),
        sockets.maxMessagesPerSecond(),
        jobs.concurrency());
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
      @Setting(
              name = "jobs.concurrency",
              type = Concurrency.class,
              text =
                  "How many jobs the server runs at once. When empty, one a processor and at least two.")
          int concurrency,
      @Setting(
              name = "jobs.lease-seconds",
              preset = "30",
              min = 3,
              max = 3_600,
              text =
                  "How long the server's own leases last: when it dies, its jobs are taken up after this time by others, and at once by itself.")
          Duration lease,
      @Setting(
              name = "jobs.cancel-patience-seconds",
              preset = "30",
              min = 1,
              max = 3_600,
              text = "How long work may take to answer a cancellation.")
          Duration cancelPatience,
      @Setting(
              name = "jobs.keep-days",
              preset = "30",
              min = 1,
              max = 36_500,
              unit = ChronoUnit.DAYS,
              text = "How long ended jobs are kept.")
          Duration keep) {
    /** Everything at its preset. */
    public static final JobSettings DEFAULT = SettingTree.defaults(JobSettings.class);
  }

  /** The same with other addresses, or another way of leaving. */
  public ServerConfig withListen(Listen value) {
    return new ServerConfig(value, node, dataDirectory, auth, sockets, places, jobs, hub);
  }

  /** The same under another name. */
  public ServerConfig withNode(String name) {
    return new ServerConfig(listen, name, dataDirectory, auth, sockets, places, jobs, hub);
  }

  /** The same with other rules for accounts and tokens. */
  public ServerConfig withAuth(AuthConfig value) {
    return new ServerConfig(listen, node, dataDirectory, value, sockets, places, jobs, hub);
  }

  /** The same with other sockets. */
  public ServerConfig withSockets(SocketSettings value) {
    return new ServerConfig(listen, node, dataDirectory, auth, value, places, jobs, hub);
  }

  /** The same with other limits of connections. */
  public ServerConfig withPlaces(ConnectionLimits.Settings value) {
    return new ServerConfig(listen, node, dataDirectory, auth, sockets, value, jobs, hub);
  }

  /** The same with another way of running jobs. */
  public ServerConfig withJobs(JobSettings value) {
    return new ServerConfig(listen, node, dataDirectory, auth, sockets, places, value, hub);
  }

  /** A server on the loopback addresses with everything at its default. */
  public static ServerConfig loopback(int port, Path dataDirectory) {
    return new ServerConfig(
        Listen.loopback(port),
        "node-1",
        dataDirectory,
        AuthConfig.DEFAULTS,
        SocketSettings.DEFAULT,
        ConnectionLimits.Settings.DEFAULT,
        JobSettings.DEFAULT,
        Hub.Limits.DEFAULT);
  }
}
