package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.export.SampleFile;
import dev.headway.spc.export.SampleTable;
import dev.headway.spc.input.EstimationDraft;
import dev.headway.spc.input.LimitsDraft;
import dev.headway.spc.input.RulesDraft;
import dev.headway.spc.json.CapabilityJson;
import dev.headway.spc.json.ChartJson;
import dev.headway.spc.json.HistoryJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.json.RecalculatedJson;
import dev.headway.spc.json.RulesJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.live.PastCharts;
import dev.headway.spc.live.SeriesStudies;
import dev.headway.spc.live.StageChanges;
import dev.headway.spc.live.StageChanges.LimitBasis;
import dev.headway.spc.live.StageChanges.StageEdit;
import dev.headway.spc.live.StageChanges.StageTarget;
import dev.headway.spc.store.AnnotationStore;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditStore;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A characteristic's chart: limits, rules, the data to draw it, and capability. */
final class ChartRoutes {
  private static final int MOST_ROWS = 100_000;
  private static final List<AuditEntry> NO_CHANGES = List.of();

  private final LiveCharts charts;
  private final StageChanges changes;
  private final JudgedSamples judgedSamples;
  private final SeriesStudies studies;
  private final AnnotationStore annotations;
  private final AuditStore audit;
  private final PastCharts pastCharts;
  private final InstantSource clock;
  private final Authors authors;

  ChartRoutes(
      LiveCharts charts,
      StageChanges changes,
      SpcStore store,
      SeriesStudies studies,
      InstantSource clock,
      Authors authors) {
    this.authors = authors;
    this.clock = clock;
    this.studies = studies;
    this.charts = charts;
    this.changes = changes;
    this.judgedSamples = new JudgedSamples(store);
    this.annotations = store.annotations();
    this.audit = store.audit();
    this.pastCharts = new PastCharts(store);
  }

  Routes routes() {
    return new Routes()
        .on("getLimits", this::limits)
        .on("setLimits", this::setLimits)
        .on("recalculateLimits", this::recalculate)
        .on("getRules", this::rules)
        .on("setRules", this::setRules)
        .on("chartData", this::chartData)
        .on("chartHistory", this::history)
        .on("exportSamples", this::export)
        .on("capability", this::capability);
  }

  private CharacteristicState state(Request request) {
    var id = request.pathLong("id");
    return charts.state(id).orElseThrow(() -> LiveCharts.notFound(id));
  }

  private Response limits(Request request) {
    return Response.ok(LimitsJson.of(state(request)));
  }

  private StageTarget target(Request request, CharacteristicState state) {
    return StageTarget.current(state.setup().id(), authors.of(request));
  }

  private Response setLimits(Request request) {
    var state = state(request);
    var draft = request.json(LimitsDraft.class);
    var limits = draft.limits(state.setup().definition(), state.shownSize());
    var edit = StageEdit.of(new LimitBasis.Given(limits, draft.baseline()));
    return Response.ok(LimitsJson.of(changes.change(target(request, state), edit, false).state()));
  }

  private Response recalculate(Request request) {
    var draft = request.json(EstimationDraft.class, EstimationDraft.EMPTY);
    var state = state(request);
    var basis = new LimitBasis.Estimated(draft.baseline(), draft.estimation(state.setup().kind()));
    var changed = changes.change(target(request, state), StageEdit.of(basis), false);
    return Response.ok(RecalculatedJson.of(changed.state(), changed.stage()));
  }

  private Response rules(Request request) {
    var setup = state(request).setup();
    return Response.ok(RulesJson.of(setup.id(), setup.rules()));
  }

  private Response setRules(Request request) {
    var state = state(request);
    var draft = request.json(RulesDraft.class);
    var edit = StageEdit.of(present -> draft.rules(state.setup().kind(), present));
    var changed = changes.change(target(request, state), edit, false).state();
    return Response.ok(RulesJson.of(changed.setup().id(), changed.setup().rules()));
  }

  private Response chartData(Request request) {
    var state = state(request);
    var limit = request.queryInt("limit", 100);
    var then = time(request, "as_of");
    if (then != null) {
      if (then.isAfter(clock.instant())) {
        throw HeadwayException.invalid("as_of", then + " lies in the future");
      }
      var past = pastCharts.at(state.setup(), then, limit);
      return Response.ok(ChartJson.of(past.state(), past.points(), past.annotations()));
    }
    var range = range(request, state.setup().id());
    var points = judgedSamples.latest(state.setup(), range, limit);
    var ids = points.stream().map(judged -> judged.sample().id()).toList();
    return Response.ok(ChartJson.of(state, points, annotations.of(ids)));
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
    var state = state(request);
    var setup = state.setup();
    if (setup.kind().countsAttributes()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "Counts have no capability indices; they are for measurements");
    }
    var found = studies.capability(state, range(request, setup.id()));
    return Response.ok(CapabilityJson.of(setup.id(), found));
  }

  private Response history(Request request) {
    var state = state(request);
    var range = range(request, state.setup().id());
    var found = studies.history(state, range, request.queryInt("columns", 500));
    return Response.ok(HistoryJson.of(state, found));
  }

  private Response export(Request request) {
    var setup = state(request).setup();
    var format = SampleFile.valueOf(request.query("format").orElse("csv").toUpperCase(Locale.ROOT));
    var range = range(request, setup.id());
    var changes = format == SampleFile.XLSX ? audit.after(setup.id(), 0, MOST_ROWS) : NO_CHANGES;
    var table = new SampleTable(setup, annotations.in(range, MOST_ROWS), changes);
    judgedSamples.each(
        setup,
        range,
        sample -> {
          if (table.size() == MOST_ROWS) {
            throw HeadwayException.invalid(
                "from",
                "These are more than %,d samples; ask for a period with from and to"
                    .formatted(MOST_ROWS));
          }
          table.add(sample);
        });
    var name = "characteristic-%d.%s".formatted(setup.id(), format.name().toLowerCase(Locale.ROOT));
    return Response.bytes(200, format.mediaType(), format.write(table))
        .with("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
  }
}
