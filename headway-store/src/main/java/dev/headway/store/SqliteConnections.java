package dev.headway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * A fixed number of open connections. There are as many as threads that ask for one, so nobody
 * waits. Safe for use by any thread.
 */
final class SqliteConnections implements ConnectionFactory, AutoCloseable {
  private final BlockingQueue<Connection> idle;

  SqliteConnections(DataSource source, int count) throws SQLException {
    idle = new ArrayBlockingQueue<>(count);
    for (var i = 0; i < count; i++) {
      idle.add(source.getConnection());
    }
  }

  @Override
  public Connection openConnection() throws SQLException {
    var connection = idle.poll();
    if (connection == null) {
      throw new SQLException("More threads than connections");
    }
    return connection;
  }

  @Override
  public void closeConnection(Connection connection) {
    idle.add(connection);
  }

  @Override
  public void close() throws SQLException {
    for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}
