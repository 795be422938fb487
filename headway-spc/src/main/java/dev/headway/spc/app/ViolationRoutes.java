package dev.headway.spc.app;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.AcknowledgmentDraft;
import dev.headway.spc.input.ClosureDraft;
import dev.headway.spc.json.AuditEntryJson;
import dev.headway.spc.json.ExplanationJson;
import dev.headway.spc.json.ViolationJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditStore;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.SpcStore;
import dev.headway.spc.store.ViolationStore;
import dev.headway.spc.store.ViolationStore.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/violations} and the record of changes. */
final class ViolationRoutes {
  private static final Paging VIOLATIONS = Paging.byLimit("violations");
  private static final Paging ENTRIES = Paging.byLimit("entries");

  /** A violation is shown with at most so many of its samples, the newest. */
  private static final int SHOWN_SAMPLES = 100;

  private static final List<Reason> REASONS =
      List.of(
          new Reason("tool_wear", "Tool worn or broken"),
          new Reason("material", "Material or batch changed"),
          new Reason("setup", "Machine set up or adjusted"),
          new Reason("operator", "Operator or method changed"),
          new Reason("environment", "Temperature, humidity or another condition"),
          new Reason("measurement", "Measurement wrong or gauge faulty"),
          new Reason("maintenance", "Maintenance was done"),
          new Reason("process_adjusted", "Process adjusted"),
          new Reason("false_alarm", "No cause found"),
          new Reason("other", "Other"));

  private final ViolationStore store;
  private final LiveCharts charts;
  private final JudgedSamples judgedSamples;
  private final ChartChanges changes;
  private final AuditStore audit;
  private final Authors authors;

  ViolationRoutes(SpcStore store, LiveCharts charts, ChartChanges changes, Authors authors) {
    this.authors = authors;
    this.store = store.violations();
    this.charts = charts;
    this.judgedSamples = new JudgedSamples(store);
    this.changes = changes;
    this.audit = store.audit();
  }

  private record Reason(String code, String label) {}

  private record Reasons(List<Reason> reasonCodes) {}

  Routes routes() {
    return new Routes()
        .on("listViolations", this::list)
        .on("getViolation", this::explained)
        .on("violationStats", this::stats)
        .on("reasonCodes", _ -> Response.ok(new Reasons(REASONS)))
        .on("acknowledgeViolation", this::acknowledge)
        .on("acknowledgeViolations", this::acknowledgeAll)
        .on("closeViolation", this::close)
        .on("listAudit", this::listAudit)
        .on("verifyAudit", _ -> Response.ok(audit.verify()));
  }

  private Response list(Request request) {
    var page = VIOLATIONS.asked(request);
    var found = store.list(filter(request), page);
    return VIOLATIONS.answer(found.map(this::shown), page);
  }

  private static Filter filter(Request request) {
    return new Filter(
        characteristic(request),
        request.query("acknowledged").map(Boolean::valueOf).orElse(null),
        request.query("rule_id").map(Integer::parseInt).map(RuleId::ofNumber).orElse(null),
        request.query("severity").map(Severity::valueOf).orElse(null));
  }

  private static @Nullable Long characteristic(Request request) {
    return request.query("characteristic_id").map(Long::valueOf).orElse(null);
  }

  private record Explained(
      @JsonUnwrapped ViolationJson violation, @Nullable ExplanationJson explanation) {}

  private Response explained(Request request) {
    var violation = known(request.pathLong("id"));
    var explanation =
        charts
            .state(violation.characteristicId())
            .map(state -> judgedSamples.explain(state.setup(), violation, SHOWN_SAMPLES))
            .map(ExplanationJson::of)
            .orElse(null);
    return Response.ok(new Explained(shown(violation), explanation));
  }

  private Violation known(long id) {
    return store.find(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> HeadwayException.notFound("Violation " + id));
  }

  private record Statistics(
      long total,
      long unacknowledged,
      long acknowledged,
      Map<Integer, Long> byRule,
      Map<Severity, Long> bySeverity) {}

  private Response stats(Request request) {
    var counts = store.counts(characteristic(request));
    return Response.ok(
        new Statistics(
            counts.total(),
            counts.open(),
            counts.total() - counts.open(),
            counts.byRule(),
            counts.bySeverity()));
  }

  private Response acknowledge(Request request) {
    var id = request.pathLong("id");
    var draft = request.json(AcknowledgmentDraft.class);
    var acknowledged =
        changes.acknowledge(List.of(id), draft.givenReason(), author(request, draft));
    if (!acknowledged.isEmpty()) {
      return Response.ok(shown(acknowledged.getFirst()));
    }
    var answer = known(id).acknowledgment();
    throw new HeadwayException(
        ErrorCode.CONFLICT,
        "Violation %d has already been acknowledged by %s"
            .formatted(id, answer == null ? "somebody" : answer.user()));
  }

  private ViolationJson shown(Violation violation) {
    var state = charts.state(violation.characteristicId());
    var members =
        state
            .map(present -> judgedSamples.members(present.setup(), violation, SHOWN_SAMPLES))
            .orElse(List.of());
    return ViolationJson.of(
        violation, members, state.filter(present -> isActive(violation, present)).isPresent());
  }

  private static boolean isActive(Violation violation, CharacteristicState state) {
    var newest = state.newest();
    return newest != null && newest.sample().position().equals(violation.extent().last());
  }

  private Response close(Request request) {
    var draft = request.json(ClosureDraft.class);
    var author = authors.of(request, draft.claimedUser());
    return Response.ok(shown(changes.close(request.pathLong("id"), draft, author)));
  }

  private Author author(Request request, AcknowledgmentDraft draft) {
    return authors.of(request, draft.claimedUser());
  }

  private record BatchAnswer(
      List<Long> acknowledged, List<Long> alreadyAcknowledged, Set<Long> notFound) {}

  private Response acknowledgeAll(Request request) {
    var draft = request.json(AcknowledgmentDraft.class);
    var ids = draft.ids();
    var acknowledged =
        changes.acknowledge(ids, draft.givenReason(), author(request, draft)).stream()
            .map(Violation::id)
            .toList();
    var known = store.find(ids).stream().map(Violation::id).toList();
    var already = new ArrayList<>(known);
    already.removeAll(acknowledged);
    ids.removeAll(known);
    return Response.ok(new BatchAnswer(acknowledged, already, ids));
  }

  private Response listAudit(Request request) {
    var page = ENTRIES.asked(request);
    var found = audit.list(characteristic(request), page);
    return ENTRIES.answer(found.map(AuditEntryJson::of), page);
  }
}
