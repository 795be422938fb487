package dev.headway.app;

import dev.headway.app.config.Settings;
import dev.headway.core.id.RandomIds;
import dev.headway.fpl.app.FplApplication;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.password.Argon2;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.limit.Refusals;
import dev.headway.spc.app.SpcApplication;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The accounts of an installation without its server, for the person who has its files. A server
 * that runs on them notices within {@code auth.reload-seconds}.
 */
final class LocalAccounts implements AutoCloseable {
  private final Database database;
  private final Accounts accounts;

  private LocalAccounts(Database database, Accounts accounts) {
    this.database = database;
    this.accounts = accounts;
  }

  /**
   * Opens the accounts of the installation that a command is about.
   *
   * @throws dev.headway.store.StartupException when the database cannot be opened
   */
  static LocalAccounts open(ServerOptions options) {
    return open(options.configuration(Map.of()).settings());
  }

  private static LocalAccounts open(Settings settings) {
    var auth = settings.server().auth();
    var random = new SecureRandom();
    var clock = Clock.systemUTC();
    var database = Database.open(settings.databaseOrFile());
    try {
      database.migrate(Schema.CORE);
      var key = SigningKey.loadOrCreate(auth.keyFile(settings.data()), random);
      var ids = new RandomIds(clock, random);
      var accounts =
          new Accounts(
              auth, key, new SqlAccountStore(database), new Argon2(), clock, ids, new Refusals());
      accounts.roles().register(List.of(SpcApplication.ENGINEER, FplApplication.ENGINEER));
      return new LocalAccounts(database, accounts);
    } catch (RuntimeException failed) {
      database.close();
      throw failed;
    }
  }

  Accounts accounts() {
    return accounts;
  }

  @Override
  public void close() {
    database.close();
  }
}
