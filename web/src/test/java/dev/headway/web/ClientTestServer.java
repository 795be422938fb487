package dev.headway.web;

import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.account.Login;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A whole server that keeps its jobs in a file, so that it can be killed and started again. Prints
 * {@code ready} and its URL; ends with its standard input, so that it never outlives the tests.
 */
public final class ClientTestServer {
  private ClientTestServer() {}

  /**
   * Starts it.
   *
   * @param arguments the data directory; the port, 0 for a free one; how long a token lasts, in
   *     seconds; whether anonymous clients are served
   */
  public static void main(String[] arguments) throws IOException {
    var data = Path.of(arguments[0]);
    var port = Integer.parseInt(arguments[1]);
    var tokenSeconds = Integer.parseInt(arguments[2]);
    var anonymous = Boolean.parseBoolean(arguments[3]);
    try (var database = Database.open(new DatabaseConfig.Sqlite(data.resolve("headway.db")))) {
      database.migrate(Schema.CORE);
      var config = config(ServerConfig.loopback(port, data), tokenSeconds, anonymous);
      try (var server =
          HeadwayServer.builder(config)
              .stores(new SqlJobStore(database), new SqlAccountStore(database))
              .start()) {
        if (server.accounts().users().none()) { // whom tests register are not the administrator
          server.accounts().users().add(new Login("root@example.org", "a long password"), null);
        }
        System.out.println("ready " + server.url());
        while (System.in.read() >= 0) {
          // until the tests are gone
        }
      }
    }
  }

  private static ServerConfig config(ServerConfig base, int tokenSeconds, boolean anonymous) {
    return base.withAuth(base.auth().withTokenSeconds(tokenSeconds).withAnonymous(anonymous));
  }
}
