package dev.headway.store.node;

import dev.headway.core.port.NodeRegistry;
import dev.headway.store.Columns;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The nodes that share a PostgreSQL database, by its clock. Safe for use by any thread. */
public final class SqlNodeRegistry implements NodeRegistry {
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final String NOW =
      "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)";

  private static final String OF_NAME = "SELECT life, renewed_at FROM node WHERE name = :name";

  private static final String RENEW =
      """
      INSERT INTO node (name, home, life, held, renewed_at)
      VALUES (:name, :home, :life, :held, :now)
      ON CONFLICT (name) DO UPDATE SET
        home = excluded.home, life = excluded.life, held = excluded.held, renewed_at = :now
      WHERE node.life = excluded.life OR node.home = excluded.home OR node.renewed_at <= :counting
      """;

  private static final String OTHERS =
      "SELECT name, home, life, held FROM node WHERE name <> :name AND renewed_at > :counting";

  private final Database database;

  private record Before(String life, Instant renewedAt) {}

  /** The nodes of {@code database}, which must be a PostgreSQL server's. */
  public SqlNodeRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Renewal renew(Entry own) {
    return database.writeRelaxed(handle -> {
      var now = handle.createQuery(NOW).mapTo(Instant.class).one();
      var before = before(handle, own.node());
      if (!renewed(handle, own, now)) {
        var since = before(handle, own.node()).map(Before::renewedAt).orElse(now);
        return new Renewal.Taken(Duration.between(since, now));
      }
      var lapsed =
          before
              .filter(last -> last.life().equals(own.life()))
              .filter(last -> !last.renewedAt().isAfter(now.minus(LIFE)))
              .isPresent();
      return new Renewal.Renewed(now, lapsed, others(handle, own.node(), now));
    });
  }

  private static Optional<Before> before(Handle handle, String name) {
    return handle
        .createQuery(OF_NAME)
        .bind("name", name)
        .map((row, _) ->
            new Before(row.getString("life"), Columns.present(Columns.instant(row, "renewed_at"))))
        .findOne();
  }

  private static boolean renewed(Handle handle, Entry own, Instant now) {
    return handle
            .createUpdate(RENEW)
            .bind("name", own.node())
            .bind("home", own.home())
            .bind("life", own.life())
            .bind("held", text(own.held()))
            .bind("now", now)
            .bind("counting", now.minus(LIFE))
            .execute()
        == 1;
  }

  private static List<Entry> others(Handle handle, String name, Instant now) {
    return handle
        .createQuery(OTHERS)
        .bind("name", name)
        .bind("counting", now.minus(LIFE))
        .map(SqlNodeRegistry::entry)
        .list();
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        row.getString("name"),
        row.getString("home"),
        row.getString("life"),
        held(row.getString("held")));
  }

  /* A line a holder: the number, a space, and the holder's name. */
  private static String text(Map<String, Long> held) {
    return Columns.lines(
        held.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey()).toList());
  }

  private static Map<String, Long> held(String text) {
    var held = new HashMap<String, Long>();
    for (var line : Columns.lines(text)) {
      var space = line.indexOf(' ');
      held.put(line.substring(space + 1), Long.valueOf(line.substring(0, space)));
    }
    return held;
  }

  @Override
  public void remove(Entry own) {
    database.write(handle -> {
      var now = handle.createQuery(NOW).mapTo(Instant.class).one();
      return handle
          .createUpdate(
              "DELETE FROM node WHERE (name = :name AND life = :life) OR renewed_at < :forgotten")
          .bind("name", own.node())
          .bind("life", own.life())
          .bind("forgotten", now.minus(FORGOTTEN))
          .execute();
    });
  }
}
