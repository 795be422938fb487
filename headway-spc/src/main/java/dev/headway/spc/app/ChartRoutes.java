package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.capability.CapabilityStudy;
import dev.headway.spc.input.EstimationDraft;
import dev.headway.spc.input.LimitsDraft;
import dev.headway.spc.input.RulesDraft;
import dev.headway.spc.json.CapabilityJson;
import dev.headway.spc.json.ChartJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.json.RecalculatedJson;
import dev.headway.spc.json.RulesJson;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A characteristic's chart: limits, rules, the data to draw it, and capability. */
final class ChartRoutes {
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
    return Response.ok(LimitsJson.of(state(request)));
  }

  private Response setLimits(Request request) {
    var state = state(request);
    var limits = request.json(LimitsDraft.class).limits(state.setup().definition());
    var who = AuditEntry.actor(request.principal());
    return Response.ok(LimitsJson.of(changes.limit(state.setup().id(), limits, who)));
  }

  private Response recalculate(Request request) {
    var draft = request.json(EstimationDraft.class, EstimationDraft.EMPTY);
    var setup = state(request).setup();
    var rows = samples.latestIncluded(setup.id(), draft.most());
    var observations = rows.stream().map(row -> row.sample().observation()).toList();
    return switch (draft.estimation(setup.kind()).estimate(observations)) {
      case LimitEstimation.Refused(var reason) ->
          throw new HeadwayException(ErrorCode.CONFLICT, reason);
      case LimitEstimation.Estimated(var limits, var leftOut) -> {
        var state = changes.limit(setup.id(), limits, AuditEntry.actor(request.principal()));
        var ids = leftOut.stream().map(rows::get).map(row -> row.sample().id()).toList();
        yield Response.ok(new RecalculatedJson(LimitsJson.of(state), limits.degenerate(), ids));
      }
    };
  }

  private Response rules(Request request) {
    var setup = state(request).setup();
    return Response.ok(RulesJson.of(setup.id(), setup.rules()));
  }

  private Response setRules(Request request) {
    var setup = state(request).setup();
    var rules = request.json(RulesDraft.class).rules(setup.kind(), setup.rules());
    changes.rule(setup.id(), rules, AuditEntry.actor(request.principal()));
    return Response.ok(RulesJson.of(setup.id(), rules));
  }

  private Response chartData(Request request) {
    var state = state(request);
    var range = range(request, state.setup().id());
    return Response.ok(ChartJson.of(state, samples.latest(range, request.queryInt("limit", 100))));
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
    return Response.ok(CapabilityJson.of(setup.id(), capability));
  }
}
