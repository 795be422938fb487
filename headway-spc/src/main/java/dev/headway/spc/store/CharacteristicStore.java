package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.LimitMethod;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.Characteristic;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.model.Specification;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Characteristics with their limits and rules. Each change is written together with its entry in
 * the record of changes. Safe for use by any thread.
 */
public final class CharacteristicStore {
  private final Database database;

  /** Characteristics in {@code database}. */
  public CharacteristicStore(Database database) {
    this.database = database;
  }

  /**
   * Adds a characteristic.
   *
   * @param audit makes the entry for its new id
   * @return what was stored; empty when the name is taken
   */
  public Optional<ChartSetup> add(
      Definition definition, ChartRules rules, LongFunction<AuditEntry> audit) {
    return database.write(handle -> {
      var setup = new ChartSetup(new Characteristic(0, definition), null, rules);
      var id =
          handle
              .createQuery(
                  """
                  INSERT INTO spc_characteristic (
                    name, description, kind, subgroup_size, varying_size, target, usl, lsl,
                    limits_method, limits, location_rules, dispersion_rules)
                  VALUES (
                    :name, :description, :kind, :size, :varying, :target, :usl, :lsl,
                    :method, :limits, :location, :dispersion)
                  ON CONFLICT (name) DO NOTHING RETURNING id
                  """)
              .bindMap(values(setup))
              .mapTo(long.class)
              .findOne();
      id.ifPresent(given -> AuditStore.append(handle, audit.apply(given)));
      return id.map(given -> new ChartSetup(new Characteristic(given, definition), null, rules));
    });
  }

  /**
   * Replaces what is stored of a characteristic.
   *
   * @return false when another one has its new name
   */
  public boolean replace(ChartSetup setup, AuditEntry audit) {
    return database.write(handle -> {
      var taken =
          handle
              .createQuery(
                  "SELECT count(*) FROM spc_characteristic WHERE name = :name AND id <> :id")
              .bind("name", setup.definition().name())
              .bind("id", setup.id())
              .mapTo(int.class)
              .one();
      if (taken > 0) {
        return false;
      }
      update(handle, setup);
      AuditStore.append(handle, audit);
      return true;
    });
  }

  private static void update(Handle handle, ChartSetup setup) {
    handle
        .createUpdate(
            """
            UPDATE spc_characteristic SET
              name = :name, description = :description, kind = :kind, subgroup_size = :size,
              varying_size = :varying, target = :target, usl = :usl, lsl = :lsl,
              limits_method = :method, limits = :limits,
              location_rules = :location, dispersion_rules = :dispersion
            WHERE id = :id
            """)
        .bindMap(values(setup))
        .bind("id", setup.id())
        .execute();
  }

  private static Map<String, @Nullable Object> values(ChartSetup setup) {
    var definition = setup.definition();
    var specification = definition.specification();
    var limits = setup.limits();
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", definition.name());
    values.put("description", definition.description());
    values.put("kind", definition.kind().name());
    values.put("size", definition.subgroupSize());
    values.put("varying", definition.varyingSize());
    values.put("target", specification.target());
    values.put("usl", specification.usl());
    values.put("lsl", specification.lsl());
    values.put("method", limits == null ? null : limits.method().name());
    values.put("limits", limits == null ? null : JsonCodec.json(limits).text());
    values.put("location", JsonCodec.json(setup.rules().location().all()).text());
    values.put("dispersion", JsonCodec.json(setup.rules().dispersion().all()).text());
    return values;
  }

  /** Deletes a characteristic with its samples and violations. */
  public void delete(long id, AuditEntry audit) {
    database.write(handle -> {
      for (var statement :
          List.of(
              """
              DELETE FROM spc_violation_sample WHERE violation IN (
                SELECT id FROM spc_violation WHERE characteristic = :id)
              """,
              "DELETE FROM spc_violation WHERE characteristic = :id",
              "DELETE FROM spc_sample WHERE characteristic = :id",
              "DELETE FROM spc_characteristic WHERE id = :id")) {
        handle.createUpdate(statement).bind("id", id).execute();
      }
      AuditStore.append(handle, audit);
      return true;
    });
  }

  /** The characteristic of that number. */
  public Optional<ChartSetup> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_characteristic WHERE id = :id")
            .bind("id", id)
            .map(CharacteristicStore::setup)
            .findOne());
  }

  /** A page of all characteristics whose name contains a text, in the order of their numbers. */
  public Page<ChartSetup> list(String nameContains, PageRequest page) {
    var pattern =
        "%" + nameContains.replaceAll("([\\\\%_])", "\\\\$1").toLowerCase(Locale.ROOT) + "%";
    var where = "WHERE lower(name) LIKE :pattern ESCAPE '\\' ";
    return database.read(handle -> {
      var total =
          handle
              .createQuery("SELECT count(*) FROM spc_characteristic " + where)
              .bind("pattern", pattern)
              .mapTo(long.class)
              .one();
      var items =
          handle
              .createQuery(
                  "SELECT * FROM spc_characteristic %s ORDER BY id LIMIT :limit OFFSET :offset"
                      .formatted(where))
              .bind("pattern", pattern)
              .bind("limit", page.size())
              .bind("offset", page.offset())
              .map(CharacteristicStore::setup)
              .list();
      return new Page<>(items, total);
    });
  }

  private static ChartSetup setup(ResultSet row, StatementContext context) throws SQLException {
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
    var rules = new ChartRules(rules(row, "location_rules"), rules(row, "dispersion_rules"));
    return new ChartSetup(new Characteristic(row.getLong("id"), definition), limits(row), rules);
  }

  private static RuleSettings rules(ResultSet row, String column) throws SQLException {
    return RuleSettings.of(
        List.of(JsonCodec.read(new Json(row.getString(column)), RuleSetting[].class)));
  }

  private static @Nullable ControlLimits limits(ResultSet row) throws SQLException {
    var method = row.getString("limits_method");
    if (method == null) {
      return null;
    }
    var limits = new Json(row.getString("limits"));
    return LimitMethod.valueOf(method) == LimitMethod.MANUAL
        ? JsonCodec.read(limits, ManualLimits.class)
        : JsonCodec.read(limits, EstimatedLimits.class);
  }
}
