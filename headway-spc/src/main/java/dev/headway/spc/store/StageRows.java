package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.LimitMethod;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The stages of characteristics as rows of a table. Used in a transaction. */
final class StageRows {
  private StageRows() {}

  /** The stages of characteristics, by the characteristic's number. */
  static Map<Long, List<Stage>> of(Handle handle, Collection<Long> characteristics) {
    var found = new HashMap<Long, List<Stage>>();
    if (!characteristics.isEmpty()) {
      handle
          .createQuery("SELECT * FROM spc_stage WHERE characteristic IN (<ids>)")
          .bindList("ids", List.copyOf(characteristics))
          .map((row, _) -> Map.entry(row.getLong("characteristic"), stage(row)))
          .forEach(entry ->
              found.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    }
    return found;
  }

  /** Makes the stored stages of a characteristic those of its setup. */
  static void replace(Handle handle, ChartSetup setup) {
    var kept = setup.stages().stream().map(Stage::id).toList();
    handle
        .createUpdate(
            "DELETE FROM spc_stage WHERE characteristic = :characteristic AND id NOT IN (<kept>)")
        .bind("characteristic", setup.id())
        .bindList("kept", kept)
        .execute();
    for (var stage : setup.stages()) {
      write(handle, setup.id(), stage);
    }
  }

  private static void write(Handle handle, long characteristic, Stage stage) {
    var statement =
        stage.id() == 0
            ? """
            INSERT INTO spc_stage (
              characteristic, name, starts_at, baseline, limits_method, limits,
              location_rules, dispersion_rules)
            VALUES (
              :characteristic, :name, :from, :baseline, :method, :limits, :location, :dispersion)
            """
            : """
            UPDATE spc_stage SET
              name = :name, starts_at = :from, baseline = :baseline, limits_method = :method,
              limits = :limits, location_rules = :location, dispersion_rules = :dispersion
            WHERE id = :id AND characteristic = :characteristic
            """;
    var update = handle.createUpdate(statement).bindMap(values(stage));
    if (stage.id() != 0) {
      update.bind("id", stage.id());
    }
    update.bind("characteristic", characteristic).execute();
  }

  private static Map<String, @Nullable Object> values(Stage stage) {
    var baseline = stage.baseline();
    var limits = stage.limits();
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", stage.name());
    values.put("from", stage.from());
    values.put("baseline", baseline == null ? null : baselineJson(baseline));
    values.put("method", limits == null ? null : limits.method().name());
    values.put("limits", limits == null ? null : JsonCodec.json(limits).text());
    values.put("location", JsonCodec.json(stage.rules().location().all()).text());
    values.put("dispersion", JsonCodec.json(stage.rules().dispersion().all()).text());
    return values;
  }

  private static String baselineJson(Baseline baseline) {
    return JsonCodec.mapper().writerFor(Baseline.class).writeValueAsString(baseline);
  }

  private static Stage stage(ResultSet row) throws SQLException {
    var baseline = row.getString("baseline");
    return new Stage(
        row.getLong("id"),
        row.getString("name"),
        Rows.moment(row, "starts_at"),
        baseline == null ? null : JsonCodec.read(new Json(baseline), Baseline.class),
        limits(row),
        new ChartRules(rules(row, "location_rules"), rules(row, "dispersion_rules")));
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
