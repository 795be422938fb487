package dev.headway.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings tables up to date. */
final class Migrations {
  private final DataSource source;
  private final Dialect dialect;
  private final String database;

  /**
   * Migrations of the database behind {@code source}.
   *
   * @param database how it is called in messages
   */
  Migrations(DataSource source, Dialect dialect, String database) {
    this.source = source;
    this.dialect = dialect;
    this.database = database;
  }

  void run(Schema... schemas) {
    for (var schema : schemas) {
      try {
        if (!new MigrationScripts(schema).areAppliedTo(source)) {
          run(schema);
        }
      } catch (FlywayValidateException e) {
        throw new StartupException(
            "The schema %s of %s is not the one this program made; restore a backup"
                .formatted(schema.name(), database),
            e);
      } catch (FlywayException e) {
        throw new StartupException(
            "The schema %s of %s could not be brought up to date"
                .formatted(schema.name(), database),
            e);
      }
    }
  }

  /* The baseline lets a module's tables come into a database that already has another's. */
  private void run(Schema schema) {
    var flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:" + schema.location())
            .failOnMissingLocations(true)
            .table("schema_history_" + schema.name())
            .placeholders(dialect.placeholders())
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    refuseNewer(schema, flyway.info());
    flyway.migrate();
  }

  private void refuseNewer(Schema schema, MigrationInfoService info) {
    var newest =
        Arrays.stream(info.all())
            .filter(Migrations::fromTheFuture)
            .map(MigrationInfo::getVersion)
            .max(Comparable::compareTo);
    if (newest.isPresent()) {
      throw new StartupException(
          "The schema %s of %s has version %s, which is newer than this program; use the program that made it or a newer one"
              .formatted(schema.name(), database, newest.get()));
    }
  }

  private static boolean fromTheFuture(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }
}
