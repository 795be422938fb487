package dev.headway.spc.store;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.model.Characteristic;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Specification;
import dev.headway.store.Database;
import dev.headway.store.NumberedList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Characteristics with their stages. Each change is written together with its entry of the audit
 * trail. Safe for use by any thread.
 */
public final class CharacteristicStore {
  private final Database database;

  /** Characteristics in {@code database}. */
  public CharacteristicStore(Database database) {
    this.database = database;
  }

  /**
   * Adds a characteristic with one stage.
   *
   * @param audit makes the entry for its new number
   * @return what was stored
   * @throws HeadwayException CONFLICT when the name is taken
   */
  public ChartSetup add(Definition definition, ChartRules rules, LongFunction<AuditEntry> audit) {
    return database.write(handle -> {
      var id =
          handle
              .createQuery(
                  """
                  INSERT INTO spc_characteristic (
                    name, description, kind, subgroup_size, varying_size, target, usl, lsl)
                  VALUES (
                    :name, :description, :kind, :size, :varying, :target, :usl, :lsl)
                  ON CONFLICT (name) DO NOTHING RETURNING id
                  """)
              .bindMap(values(definition))
              .mapTo(long.class)
              .findOne()
              .orElseThrow(() -> nameTaken(definition));
      var characteristic = new Characteristic(id, definition);
      StageRows.replace(handle, new ChartSetup(characteristic, List.of(Stage.first(rules))));
      AuditStore.append(handle, audit.apply(id));
      return setup(handle, characteristic);
    });
  }

  private static HeadwayException nameTaken(Definition definition) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "The name '%s' is taken by another characteristic".formatted(definition.name()));
  }

  private static ChartSetup setup(Handle handle, Characteristic characteristic) {
    var id = characteristic.id();
    return new ChartSetup(
        characteristic, StageRows.of(handle, List.of(id)).getOrDefault(id, List.of()));
  }

  /**
   * Replaces what is stored of a characteristic and its stages.
   *
   * @throws HeadwayException CONFLICT when another one has its name
   */
  static void replace(Handle handle, ChartSetup setup) {
    var definition = setup.definition();
    var taken =
        handle
            .createQuery("SELECT count(*) FROM spc_characteristic WHERE name = :name AND id <> :id")
            .bind("name", definition.name())
            .bind("id", setup.id())
            .mapTo(int.class)
            .one();
    if (taken > 0) {
      throw nameTaken(definition);
    }
    handle
        .createUpdate(
            """
            UPDATE spc_characteristic SET
              name = :name, description = :description, kind = :kind, subgroup_size = :size,
              varying_size = :varying, target = :target, usl = :usl, lsl = :lsl
            WHERE id = :id
            """)
        .bindMap(values(definition))
        .bind("id", setup.id())
        .execute();
    StageRows.replace(handle, setup);
  }

  private static Map<String, @Nullable Object> values(Definition definition) {
    var specification = definition.specification();
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", definition.name());
    values.put("description", definition.description());
    values.put("kind", definition.kind().name());
    values.put("size", definition.subgroupSize());
    values.put("varying", definition.varyingSize());
    values.put("target", specification.target());
    values.put("usl", specification.usl());
    values.put("lsl", specification.lsl());
    return values;
  }

  /** Deletes a characteristic with its stages, samples and violations. */
  public void delete(long id, AuditEntry audit) {
    database.write(handle -> {
      for (var statement :
          List.of(
              "DELETE FROM spc_violation WHERE characteristic = :id",
              "DELETE FROM spc_annotation WHERE characteristic = :id",
              "DELETE FROM spc_sample_key WHERE characteristic = :id",
              "DELETE FROM spc_sample WHERE characteristic = :id",
              "DELETE FROM spc_stage WHERE characteristic = :id",
              "DELETE FROM spc_characteristic WHERE id = :id")) {
        handle.createUpdate(statement).bind("id", id).execute();
      }
      AuditStore.append(handle, audit);
      return true;
    });
  }

  /**
   * Counts revisions on.
   *
   * @throws StaleChartException when one of them is another by now
   */
  static void countOn(Handle handle, Map<Long, Long> revisions) {
    for (var entry : new TreeMap<>(revisions).entrySet()) {
      var counted =
          handle
              .createUpdate(
                  """
                  UPDATE spc_characteristic SET revision = revision + 1
                  WHERE id = :id AND revision = :revision
                  """)
              .bind("id", entry.getKey())
              .bind("revision", entry.getValue())
              .execute();
      if (counted == 0) {
        throw new StaleChartException(entry.getKey());
      }
    }
  }

  /** Counts a revision on, whatever it is. */
  static void countOn(Handle handle, long id) {
    handle
        .createUpdate("UPDATE spc_characteristic SET revision = revision + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  /** The revision of a characteristic; -1 when there is none. */
  public long revision(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT revision FROM spc_characteristic WHERE id = :id")
            .bind("id", id)
            .mapTo(long.class)
            .findOne()
            .orElse(-1L));
  }

  /** The revisions of characteristics, by their numbers. */
  public Map<Long, Long> revisions(Collection<Long> ids) {
    var revisions = new HashMap<Long, Long>();
    if (!ids.isEmpty()) {
      database.read(handle -> {
        handle
            .createQuery("SELECT id, revision FROM spc_characteristic WHERE id IN (<ids>)")
            .bindList("ids", List.copyOf(ids))
            .map((row, _) -> Map.entry(row.getLong("id"), row.getLong("revision")))
            .forEach(entry -> revisions.put(entry.getKey(), entry.getValue()));
        return true;
      });
    }
    return revisions;
  }

  /** The characteristic of that number. */
  public Optional<ChartSetup> find(long id) {
    return database.snapshot(handle ->
        handle
            .createQuery("SELECT * FROM spc_characteristic WHERE id = :id")
            .bind("id", id)
            .map(CharacteristicStore::characteristic)
            .findOne()
            .map(characteristic -> setup(handle, characteristic)));
  }

  /** A page of all characteristics whose name contains a text, in the order of their numbers. */
  public Page<ChartSetup> list(String nameContains, PageRequest page) {
    var pattern =
        "%" + nameContains.replaceAll("([\\\\%_])", "\\\\$1").toLowerCase(Locale.ROOT) + "%";
    var named =
        new NumberedList(
            "spc_characteristic",
            "lower(name) LIKE :pattern ESCAPE '\\'",
            Map.of("pattern", pattern),
            false);
    return database.snapshot(handle -> {
      var found = named.page(handle, page, CharacteristicStore::characteristic);
      var ids = found.items().stream().map(Characteristic::id).toList();
      var stages = StageRows.of(handle, ids);
      return found.map(item -> new ChartSetup(item, stages.getOrDefault(item.id(), List.of())));
    });
  }

  /** The characteristics of an earlier version, whose samples are to be judged anew once. */
  public List<Long> unjudged() {
    return database.read(handle ->
        handle.createQuery("SELECT characteristic FROM spc_unjudged").mapTo(long.class).list());
  }

  /** Notes that the samples of a characteristic have been judged anew. */
  public void judged(long id) {
    database.write(handle ->
        handle
            .createUpdate("DELETE FROM spc_unjudged WHERE characteristic = :id")
            .bind("id", id)
            .execute());
  }

  private static Characteristic characteristic(ResultSet row, StatementContext context)
      throws SQLException {
    var specification =
        new Specification(Rows.real(row, "target"), Rows.real(row, "usl"), Rows.real(row, "lsl"));
    var definition =
        new Definition(
            row.getString("name"),
            row.getString("description"),
            ChartKind.valueOf(row.getString("kind")),
            row.getInt("subgroup_size"),
            row.getBoolean("varying_size"),
            specification);
    return new Characteristic(row.getLong("id"), definition);
  }
}
