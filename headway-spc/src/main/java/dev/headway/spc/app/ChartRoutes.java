package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.capability.CapabilityStudy;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.Checked;
import dev.headway.spc.input.LimitsDraft;
import dev.headway.spc.input.RuleDraft;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A characteristic's chart: limits, rules, the data to draw it, and capability. */
final class ChartRoutes {
  /** Limits are estimated from at most the last so many samples. */
  private static final int ESTIMATED_FROM = 100_000;

  private final LiveCharts charts;
  private final ChartChanges changes;
  private final SampleStore samples;

  ChartRoutes(LiveCharts charts, ChartChanges changes, SampleStore samples) {
    this.charts = charts;
    this.changes = changes;
    this.samples = samples;
  }

  Routes routes() {
    return new Routes()
        .on("getLimits", this::limits)
        .on("setLimits", this::setLimits)
        .on("recalculateLimits", this::recalculate)
        .on("getRules", this::rules)
        .on("setRules", this::setRules)
        .on("chartData", this::chartData)
        .on("capability", this::capability);
  }

  private CharacteristicState state(Request request) {
    var id = request.pathLong("id");
    return charts.state(id).orElseThrow(() -> LiveCharts.notFound(id));
  }

  private Response limits(Request request) {
    return Response.ok(limits(state(request)));
  }

  private static Map<String, Object> limits(CharacteristicState state) {
    return Views.limits(state.setup().id(), state.setup().limits(), state.shownSize());
  }

  private Response setLimits(Request request) {
    var body = request.json();
    var draft =
        new LimitsDraft(number(body, "lcl"), number(body, "center_line"), number(body, "ucl"));
    var definition = state(request).setup().definition();
    return switch (draft.check(definition)) {
      case Checked.Valid<? extends ControlLimits>(var limits) -> limited(request, limits);
      case Checked.Invalid<? extends ControlLimits>(var defects) ->
          throw HeadwayException.invalid(defects);
    };
  }

  private static @Nullable Double number(JsonNode body, String key) {
    return body.hasNonNull(key) ? (Double) body.get(key).asDouble() : null;
  }

  private Response limited(Request request, ControlLimits limits) {
    var who = Actor.of(request.principal());
    return Response.ok(limits(changes.limit(request.pathLong("id"), limits, who)));
  }

  private Response recalculate(Request request) {
    var body = request.body() instanceof Request.Body.Json(var sent) ? sent : null;
    var state = state(request);
    var minimum = option(body, "min_samples", LimitEstimation.CUSTOMARY_SAMPLES);
    var last = option(body, "last_samples", ESTIMATED_FROM);
    var excludeBeyond = body != null && body.path("exclude_beyond").asBoolean(false);
    var estimation = new LimitEstimation(state.setup().kind(), minimum, excludeBeyond);
    var rows = samples.latestIncluded(state.setup().id(), last);
    var observations = rows.stream().map(row -> row.sample().observation()).toList();
    return switch (estimation.estimate(observations)) {
      case LimitEstimation.Refused(var reason) ->
          throw new HeadwayException(ErrorCode.CONFLICT, reason);
      case LimitEstimation.Estimated(var limits, var leftOut) -> {
        var who = Actor.of(request.principal());
        var view = limits(changes.limit(state.setup().id(), limits, who));
        view.put("degenerate", limits.degenerate());
        view.put(
            "left_out_sample_ids",
            leftOut.stream().map(rows::get).map(JudgedSample::sample).map(Sample::id).toList());
        yield Response.ok(view);
      }
    };
  }

  private static int option(@Nullable JsonNode body, String key, int otherwise) {
    return body == null ? otherwise : body.path(key).asInt(otherwise);
  }

  private Response rules(Request request) {
    var state = state(request);
    return Response.ok(rules(state.setup().id(), state.setup().rules()));
  }

  private static Map<String, Object> rules(long id, ChartRules rules) {
    var view = new LinkedHashMap<String, Object>();
    view.put("characteristic_id", id);
    view.put("rules", Views.rules(rules.location()));
    view.put("dispersion_rules", Views.rules(rules.dispersion()));
    return view;
  }

  private Response setRules(Request request) {
    var body = request.json();
    var setup = state(request).setup();
    var kind = setup.kind();
    var preset = RulePreset.ofWireName(body.path("preset").asString(""));
    var before = preset == null ? setup.rules().location() : preset.settings();
    var location = checked(body.path("rules"), before, kind.location());
    var spread = Objects.requireNonNullElse(kind.dispersion(), PlottedStatistic.RANGE);
    var dispersion = checked(body.path("dispersion_rules"), setup.rules().dispersion(), spread);
    var rules = new ChartRules(location, dispersion);
    changes.rule(setup.id(), rules, Actor.of(request.principal()));
    return Response.ok(rules(setup.id(), rules));
  }

  private static RuleSettings checked(
      JsonNode sent, RuleSettings before, PlottedStatistic statistic) {
    var drafts = new ArrayList<RuleDraft>();
    sent.forEach(rule -> drafts.add(draft(rule)));
    return switch (RuleDraft.check(drafts, before, statistic)) {
      case Checked.Valid<RuleSettings>(var settings) -> settings;
      case Checked.Invalid<RuleSettings>(var defects) -> throw HeadwayException.invalid(defects);
    };
  }

  private static RuleDraft draft(JsonNode rule) {
    return new RuleDraft(
        integer(rule, "rule_id"),
        rule.hasNonNull("enabled") ? (Boolean) rule.get("enabled").asBoolean() : null,
        rule.hasNonNull("severity") ? rule.get("severity").asString() : null,
        integer(rule, "points"),
        integer(rule, "window"));
  }

  private static @Nullable Integer integer(JsonNode node, String key) {
    return node.hasNonNull(key) ? (Integer) node.get(key).asInt() : null;
  }

  private Response chartData(Request request) {
    var state = state(request);
    var setup = state.setup();
    var range = range(request, setup.id());
    var points = samples.latest(range, request.queryInt("limit", 100));
    var view = new LinkedHashMap<String, Object>();
    view.put("characteristic_id", setup.id());
    view.put("chart_type", setup.kind().wireName());
    view.put("points", points.stream().map(point -> point(point, setup.limits())).toList());
    view.put("limits", limits(state));
    view.put("zone_boundaries", boundaries(setup.limits(), state.shownSize()));
    var specification = new LinkedHashMap<>(Views.characteristic(setup));
    specification.keySet().retainAll(List.of("target_value", "usl", "lsl"));
    view.put("specification", specification);
    return Response.ok(view);
  }

  /** The samples that {@code from} and {@code to} speak of. */
  static Range range(Request request, long id) {
    return new Range(id, time(request, "from"), time(request, "to"));
  }

  private static @Nullable Instant time(Request request, String name) {
    try {
      return request.query(name).map(text -> OffsetDateTime.parse(text).toInstant()).orElse(null);
    } catch (DateTimeException unreadable) {
      throw HeadwayException.invalid(
          name, "must be an ISO 8601 time with an offset, such as 2026-01-31T08:30:00Z");
    }
  }

  /** A point with its zone under the present limits, which are those that are drawn. */
  private static Map<String, Object> point(JudgedSample judged, @Nullable ControlLimits limits) {
    var view = Views.sample(judged);
    var lines = limits == null ? null : limits.lines(judged.sample().observation().size());
    if (lines != null && !lines.degenerate()) {
      view.put("zone", lines.zone(judged.value()).wireName());
      view.put("ucl", lines.ucl());
      view.put("center_line", lines.center());
      view.put("lcl", lines.lcl());
    }
    return view;
  }

  private static Map<String, Object> boundaries(@Nullable ControlLimits limits, double size) {
    if (limits == null || limits.lines(size).degenerate()) {
      return Map.of();
    }
    Lines lines = limits.lines(size);
    var view = new LinkedHashMap<String, Object>();
    view.put("plus_3_sigma", lines.at(3));
    view.put("plus_2_sigma", lines.at(2));
    view.put("plus_1_sigma", lines.at(1));
    view.put("center_line", lines.center());
    view.put("minus_1_sigma", lines.at(-1));
    view.put("minus_2_sigma", lines.at(-2));
    view.put("minus_3_sigma", lines.at(-3));
    return view;
  }

  private Response capability(Request request) {
    var setup = state(request).setup();
    if (setup.kind().countsAttributes()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "Counts have no capability indices; they are for measurements");
    }
    var study = new CapabilityStudy(setup.kind());
    samples.scan(
        range(request, setup.id()),
        judged -> {
          if (judged.sample().observation() instanceof Subgroup subgroup) {
            study.add(subgroup);
          }
        });
    var capability = study.against(setup.definition().specification());
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("characteristic_id", setup.id());
    view.put("cp", capability.cp());
    view.put("cpk", capability.cpk());
    view.put("pp", capability.pp());
    view.put("ppk", capability.ppk());
    view.put("samples", capability.basis().samples());
    view.put("mean", capability.basis().mean());
    view.put("sigma_within", capability.basis().sigmaWithin());
    view.put("sigma_overall", capability.basis().sigmaOverall());
    view.put("remark", capability.remark());
    return Response.ok(view);
  }
}
