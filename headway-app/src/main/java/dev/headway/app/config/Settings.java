package dev.headway.app.config;

import dev.headway.app.log.LogSettings;
import dev.headway.core.setting.AllOrNone;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import dev.headway.core.setting.SettingType;
import dev.headway.core.setting.Words;
import dev.headway.fpl.app.FplSettings;
import dev.headway.server.ServerConfig;
import dev.headway.server.files.FileSettings;
import dev.headway.server.mail.MailSettings;
import dev.headway.server.webhook.WebhookSettings;
import dev.headway.spc.app.SpcSettings;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an installation. Each is stated once, by a {@link Setting} in the record of the
 * part that reads it; the reference (docs/configuration.md) lists them in the order of this tree.
 * Those whose name has no dot are flags of the command line as well.
 *
 * @param server the server itself
 * @param database null for a file in the data directory
 * @param bus null for what the database has
 * @param applications what it is for
 * @param solverProcesses how many solver processes there may be
 * @param fpl analyses
 * @param webhooks how ends are announced
 * @param files the bounds of the files of jobs
 * @param mail by which server e-mails are sent; null for none
 * @param spc process control
 * @param log how the program logs
 * @param traces the receiver of traces; null for none
 */
public record Settings(
    ServerConfig server,
    @Setting(
            name = "database",
            type = Database.class,
            text = "The database. When empty, SQLite in headway.db in the data directory.")
        @Nullable DatabaseConfig database,
    @Setting(
            name = "bus",
            type = BusConfig.Type.class,
            text =
                "How servers on one PostgreSQL database tell one another at once what has changed: Redis or Valkey (also rediss://, several servers of a cluster separated by commas, and redis-sentinel://host:26379/0#master), a PostgreSQL server itself, not a pooler, or none. When empty, the database's own notifications; with SQLite none.")
        @Nullable BusConfig bus,
    @Setting(
            name = "applications",
            type = Applications.class,
            preset = "jobs, filling, spc, fpl",
            text =
                "What the server is for: jobs (always), filling (schedules), spc (process control), fpl (fantasy analyses). What is left out has no pages, operations, sockets or tables.")
        Set<String> applications,
    @Setting(
            name = "solver.processes",
            preset = "1",
            min = 1,
            max = 64,
            text =
                "How many solver processes (strategy milp-opt, analyses) run at once, each with up to 1 GiB; they start when first needed.")
        int solverProcesses,
    FplSettings fpl,
    WebhookSettings webhooks,
    FileSettings files,
    @AllOrNone("mail.host") @Nullable MailSettings mail,
    SpcSettings spc,
    LogSettings log,
    @Setting(
            name = "tracing.otlp",
            type = OtlpReceiver.class,
            text =
                "The receiver of traces (OpenTelemetry protocol over HTTP), without /v1/traces. When empty, nothing is traced.")
        @Nullable URI traces) {
  /** What there is to set. */
  static final SettingTree<Settings> TREE = SettingTree.of(Settings.class);

  /** The data directory. */
  public Path data() {
    return server.dataDirectory();
  }

  /** The database: the one that is named, or a file in the data directory. */
  public DatabaseConfig databaseOrFile() {
    return database == null ? new DatabaseConfig.Sqlite(data().resolve("headway.db")) : database;
  }

  /** The same on a server that keeps a name in its data directory, unless another is set. */
  public Settings onNode(String kept) {
    var named = server.node().isEmpty() ? server.withNode(kept) : server;
    return new Settings(
        named,
        database,
        bus,
        applications,
        solverProcesses,
        fpl,
        webhooks,
        files,
        mail,
        spc.on(named.node()),
        log,
        traces);
  }

  /**
   * The bus: the one that is named, or the notifications of a database that has them.
   *
   * @throws StartupException when one is named for a database that only one server can have
   */
  public BusConfig busOrDefault() {
    return switch (databaseOrFile()) {
      case DatabaseConfig.Postgres shared -> bus == null ? new BusConfig.Postgres(shared) : bus;
      case DatabaseConfig.Sqlite file when bus == null || bus instanceof BusConfig.None ->
          new BusConfig.None();
      case DatabaseConfig.Sqlite file ->
          throw new StartupException(
              "The bus (%s) is for several servers on one PostgreSQL database, and the database is %s, which has one. Set database to postgresql://user:password@host:5432/name, or leave out bus"
                  .formatted(bus.description(), file.description()));
    };
  }

  /** Whether the server is for an application. */
  public boolean serves(String application) {
    return applications.contains(application);
  }

  /** The applications there are; jobs are what the others are built on. */
  static final class Applications extends Words {
    Applications() {
      super(Set.of("jobs", "filling", "spc", "fpl"));
    }
  }

  /** Addresses of receivers of traces. */
  static final class OtlpReceiver implements SettingType<URI> {
    @Override
    public String description() {
      return "http://host:4318 or https://host:4318";
    }

    @Override
    public URI read(String text) {
      try {
        var address = new URI(text);
        var scheme = String.valueOf(address.getScheme());
        if (Set.of("http", "https").contains(scheme)
            && address.getHost() != null
            && address.getUserInfo() == null) {
          return address;
        }
      } catch (URISyntaxException _) {
        // refused below
      }
      throw refused(text);
    }
  }

  /** Databases. Neither a value nor a refusal shows the password. */
  static final class Database implements SettingType<DatabaseConfig> {
    @Override
    public String description() {
      return "postgresql://user:password@host:5432/name or the path of an SQLite file";
    }

    @Override
    public DatabaseConfig read(String text) {
      try {
        return DatabaseConfig.parse(text);
      } catch (StartupException refused) {
        throw new IllegalArgumentException(refused.getMessage(), refused);
      }
    }

    @Override
    public String show(DatabaseConfig database) {
      return database.description();
    }
  }
}
