package dev.headway.spc.store;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.input.FileMapping;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Sources of files with their mappings. Safe for use by any thread. */
public final class SourceStore {
  private final Database database;

  /** Sources in {@code database}. */
  public SourceStore(Database database) {
    this.database = database;
  }

  /**
   * A source of files.
   *
   * @param id its number, from 1; 0 before it is stored
   * @param name its unique name
   * @param characteristicId the characteristic of lines that name none, or null
   * @param mapping how its files are written
   */
  public record FileSource(
      long id, String name, @Nullable Long characteristicId, FileMapping mapping) {}

  /** All sources, in the order of their names. */
  public List<FileSource> list() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_source ORDER BY name")
            .map(SourceStore::source)
            .list());
  }

  /** The source of a number. */
  public Optional<FileSource> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_source WHERE id = :id")
            .bind("id", id)
            .map(SourceStore::source)
            .findOne());
  }

  /**
   * Stores a source; one without a number gets one.
   *
   * @throws HeadwayException CONFLICT when another one has its name
   */
  public FileSource save(FileSource source) {
    return database.write(handle -> {
      var taken =
          handle
              .createQuery("SELECT count(*) FROM spc_source WHERE name = :name AND id <> :id")
              .bind("name", source.name())
              .bind("id", source.id())
              .mapTo(int.class)
              .one();
      if (taken > 0) {
        throw new HeadwayException(
            ErrorCode.CONFLICT,
            "The name '%s' is taken by another source".formatted(source.name()));
      }
      var statement =
          source.id() == 0
              ? """
              INSERT INTO spc_source (name, characteristic, mapping)
              VALUES (:name, :characteristic, :mapping) RETURNING *
              """
              : """
              UPDATE spc_source SET name = :name, characteristic = :characteristic,
                mapping = :mapping
              WHERE id = :id RETURNING *
              """;
      var query = handle.createQuery(statement).bindMap(values(source));
      return (source.id() == 0 ? query : query.bind("id", source.id()))
          .map(SourceStore::source)
          .one();
    });
  }

  private static Map<String, @Nullable Object> values(FileSource source) {
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", source.name());
    values.put("characteristic", source.characteristicId());
    values.put("mapping", JsonCodec.json(source.mapping()).text());
    return values;
  }

  /** Deletes a source; false when there was none. */
  public boolean delete(long id) {
    return database.write(handle ->
        handle.createUpdate("DELETE FROM spc_source WHERE id = :id").bind("id", id).execute())
        > 0;
  }

  private static FileSource source(ResultSet row, StatementContext context) throws SQLException {
    return new FileSource(
        row.getLong("id"),
        row.getString("name"),
        Rows.integer(row, "characteristic"),
        JsonCodec.read(new Json(row.getString("mapping")), FileMapping.class));
  }
}
