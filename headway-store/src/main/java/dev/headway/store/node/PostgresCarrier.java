package dev.headway.store.node;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.Carrier;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Failures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * PostgreSQL's {@code LISTEN} and {@code NOTIFY} as a carrier, over two connections of its own to
 * the server itself: a pooler such as PgBouncer passes no notifications on. Sending is a
 * transaction of its own, because a {@code NOTIFY} in others makes their commits wait for one
 * another. Thread-safe.
 */
public final class PostgresCarrier implements Carrier {
  private static final String CHANNEL = "headway";
  /* A payload must be shorter than 8,000 bytes (the manual's page of NOTIFY). */
  private static final int LONGEST = 7_900;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int ROUND_MILLIS = 500;
  private static final Set<String> REFUSALS = Set.of("28P01", "28000", "3D000", "42501");

  private final DatabaseConfig.Postgres config;

  /** A carrier over the server that holds this database. */
  public PostgresCarrier(DatabaseConfig.Postgres config) {
    this.config = config;
  }

  @Override
  public String description() {
    return config.description();
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public boolean carriesProgress() {
    return false;
  }

  @Override
  public Link open(Receiver receiver) throws IOException {
    try {
      return new NotifyLink(connected(0), connected(PATIENCE.toSeconds()), receiver);
    } catch (SQLException failure) {
      var said = Failures.ofOpening(config, failure);
      if (REFUSALS.contains(String.valueOf(failure.getSQLState()))) {
        throw new BusRefusedException(String.valueOf(said.getMessage()), failure);
      }
      throw new IOException(said.getMessage(), failure);
    }
  }

  private Connection connected(long answerSeconds) throws SQLException {
    var properties = new Properties();
    if (config.user() != null) {
      properties.setProperty("user", config.user());
    }
    if (config.password() != null) {
      properties.setProperty("password", config.password());
    }
    properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
    properties.setProperty("loginTimeout", String.valueOf(PATIENCE.toSeconds()));
    properties.setProperty("socketTimeout", String.valueOf(answerSeconds));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "headway-bus");
    return DriverManager.getConnection(config.url(), properties);
  }

  private static final class NotifyLink implements Link {
    private final Connection listening;
    private final Connection sending;
    private final Receiver receiver;

    NotifyLink(Connection listening, Connection sending, Receiver receiver) throws SQLException {
      this.listening = listening;
      this.sending = sending;
      this.receiver = receiver;
      try (var statement = listening.createStatement()) {
        statement.execute("LISTEN " + CHANNEL);
      } catch (SQLException failure) {
        close();
        throw failure;
      }
      Thread.ofPlatform().name("bus-postgres").daemon().start(this::receive);
    }

    private void receive() {
      try {
        var notifications = listening.unwrap(PGConnection.class);
        while (!listening.isClosed()) {
          var arrived = notifications.getNotifications(ROUND_MILLIS);
          for (var notification : arrived) {
            receiver.received(notification.getParameter());
          }
        }
      } catch (SQLException failure) {
        receiver.lost(String.valueOf(failure.getMessage()));
      }
    }

    @Override
    public void send(int partition, String message) throws IOException {
      try (var notify = sending.prepareStatement("SELECT pg_notify(?, ?)")) {
        notify.setString(1, CHANNEL);
        notify.setString(2, message);
        notify.execute();
      } catch (SQLException failure) {
        throw new IOException(failure.getMessage(), failure);
      }
    }

    /* A goodbye could wait for a silent server. */
    @Override
    public void close() {
      abort(listening);
      abort(sending);
    }

    private static void abort(Connection connection) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException _) {
        // Broken already.
      }
    }
  }
}
