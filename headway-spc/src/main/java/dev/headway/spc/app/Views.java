package dev.headway.spc.app;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.live.Intake.Standing;
import dev.headway.spc.live.Intake.Taken;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.model.Violation;
import dev.headway.spc.model.Zone;
import dev.headway.spc.store.AuditEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Process control's things as clients see them, as maps in the order of their keys. */
final class Views {
  private Views() {}

  static Map<String, Object> characteristic(ChartSetup setup) {
    var definition = setup.definition();
    var specification = definition.specification();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", setup.id());
    view.put("name", definition.name());
    view.put("description", definition.description());
    view.put("chart_type", definition.kind().wireName());
    view.put("subgroup_size", definition.subgroupSize());
    view.put("varying_size", definition.varyingSize());
    put(view, "target_value", specification.target());
    put(view, "usl", specification.usl());
    put(view, "lsl", specification.lsl());
    return view;
  }

  /** JSON has null where Java's maps of the contract would have nothing. */
  private static void put(Map<String, Object> view, String key, @Nullable Object value) {
    view.put(key, nullable(value));
  }

  @SuppressWarnings("NullAway") // Jackson writes a null value of a map as JSON's null
  private static Object nullable(@Nullable Object value) {
    return value;
  }

  /** The limits of samples of a size; all but the characteristic is null while there are none. */
  static Map<String, Object> limits(long id, @Nullable ControlLimits limits, double size) {
    var lines = limits == null ? null : limits.lines(size);
    var view = new LinkedHashMap<String, Object>();
    view.put("characteristic_id", id);
    put(view, "center_line", lines == null ? null : lines.center());
    put(view, "ucl", lines == null ? null : lines.ucl());
    put(view, "lcl", lines == null ? null : lines.lcl());
    put(view, "method", limits == null ? null : limits.method().wireName());
    view.put("sample_count", limits == null ? 0 : limits.sampleCount());
    view.put("sample_size", size);
    put(view, "sigma", limits instanceof EstimatedLimits known ? known.sigma() : null);
    put(view, "dispersion", limits == null ? null : dispersion(limits.dispersionLines(size)));
    return view;
  }

  private static @Nullable Map<String, Object> dispersion(@Nullable Lines lines) {
    return lines == null
        ? null
        : Map.of("center_line", lines.center(), "ucl", lines.ucl(), "lcl", lines.lcl());
  }

  static Map<String, Object> sample(JudgedSample judged) {
    var sample = judged.sample();
    var view = new LinkedHashMap<String, Object>();
    view.put("sample_id", sample.id());
    view.put("characteristic_id", sample.characteristicId());
    view.put("timestamp", sample.timestamp());
    view.put("measurements", measurements(sample.observation()));
    view.put("value", judged.value());
    view.put("mean", judged.value());
    put(view, "range", range(sample.observation()));
    put(view, "spread", judged.spread());
    put(view, "zone", name(judged.zone()));
    view.put("in_control", judged.inControl());
    view.put("excluded", sample.excluded());
    put(view, "batch_number", sample.batchNumber());
    put(view, "operator_id", sample.operatorId());
    view.put("violation_ids", judged.violationIds());
    return view;
  }

  static List<Double> measurements(Observation observation) {
    return switch (observation) {
      case Subgroup subgroup -> subgroup.measurements();
      case AttributeCount(var count, var size) -> List.of(count, size);
    };
  }

  static @Nullable Double range(Observation observation) {
    return observation instanceof Subgroup subgroup ? (Double) subgroup.range() : null;
  }

  static @Nullable String name(@Nullable Zone zone) {
    return zone == null ? null : zone.wireName();
  }

  /** A sample as the answer to its being sent. */
  static Map<String, Object> taken(Taken taken) {
    var judged = taken.judged();
    var view = new LinkedHashMap<String, Object>();
    view.put("sample_id", judged.sample().id());
    view.put("characteristic_id", judged.sample().characteristicId());
    view.put("timestamp", judged.sample().timestamp());
    view.put("mean", judged.value());
    put(view, "range", range(judged.sample().observation()));
    put(view, "zone", name(judged.zone()));
    view.put("in_control", judged.inControl());
    view.put("violations", taken.violations().stream().map(Views::standing).toList());
    return view;
  }

  private static Map<String, Object> standing(Standing standing) {
    var signal = standing.signal();
    var view = new LinkedHashMap<String, Object>();
    view.put("violation_id", standing.violationId());
    view.put("rule_id", signal.rule().number());
    view.put("rule_name", signal.rule().title());
    view.put("severity", signal.severity().name());
    view.put("chart", signal.statistic().wireName());
    view.put("side", signal.side().wireName());
    view.put("new", standing.begins());
    return view;
  }

  static Map<String, Object> violation(Violation violation, List<Long> sampleIds) {
    var view = new LinkedHashMap<String, Object>(signalled(violation));
    view.put("id", violation.id());
    view.put("chart", violation.statistic().wireName());
    view.put("side", violation.side().wireName());
    view.put("timestamp", violation.at());
    view.put("last_sample_id", violation.lastSampleId());
    view.put("sample_count", violation.sampleCount());
    view.put("sample_ids", sampleIds);
    view.putAll(answer(violation));
    return view;
  }

  /** What the contract says of a violation when it begins. */
  static Map<String, Object> signalled(Violation violation) {
    var view = new LinkedHashMap<String, Object>();
    view.put("violation_id", violation.id());
    view.put("characteristic_id", violation.characteristicId());
    view.put("sample_id", violation.sampleId());
    view.put("rule_id", violation.rule().number());
    view.put("rule_name", violation.rule().title());
    view.put("severity", violation.severity().name());
    return view;
  }

  private static Map<String, Object> answer(Violation violation) {
    var answer = violation.acknowledgment();
    var view = new LinkedHashMap<String, Object>();
    view.put("acknowledged", violation.acknowledged());
    put(view, "ack_user", answer == null ? null : answer.user());
    put(view, "ack_reason", answer == null ? null : answer.reason());
    put(view, "ack_at", answer == null ? null : answer.at());
    return view;
  }

  /** What the contract says of a violation when somebody answers it. */
  static Map<String, Object> acknowledged(Violation violation) {
    var view = new LinkedHashMap<String, Object>();
    view.put("violation_id", violation.id());
    view.put("characteristic_id", violation.characteristicId());
    view.putAll(answer(violation));
    return view;
  }

  static List<Map<String, Object>> rules(RuleSettings settings) {
    return settings.all().stream()
        .map(setting -> {
          var view = new LinkedHashMap<String, Object>();
          view.put("rule_id", setting.rule().number());
          view.put("rule_name", setting.rule().title());
          view.put("enabled", setting.enabled());
          view.put("severity", setting.severity().name());
          view.put("points", setting.points());
          view.put("window", setting.window());
          return (Map<String, Object>) view;
        })
        .toList();
  }

  static Map<String, Object> audit(AuditEntry entry) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", entry.id());
    view.put("at", entry.at());
    view.put("actor", entry.actor());
    view.put("action", entry.action().name().toLowerCase(Locale.ROOT));
    view.put("characteristic_id", entry.characteristicId());
    view.put("subject_id", entry.subject());
    put(view, "before", entry.before());
    put(view, "after", entry.after());
    return view;
  }
}
