package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditStore;
import dev.headway.spc.store.ViolationStore;
import dev.headway.spc.store.ViolationStore.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/violations} and the record of changes. */
final class ViolationRoutes {
  /** A violation is shown with at most so many of its samples, the newest. */
  private static final int SHOWN_SAMPLES = 100;

  private static final List<Map<String, String>> REASONS =
      List.of(
          reason("tool_wear", "Tool worn or broken"),
          reason("material", "Material or batch changed"),
          reason("setup", "Machine set up or adjusted"),
          reason("operator", "Operator or method changed"),
          reason("environment", "Temperature, humidity or another condition"),
          reason("measurement", "Measurement wrong or gauge faulty"),
          reason("maintenance", "Maintenance was done"),
          reason("process_adjusted", "Process adjusted"),
          reason("false_alarm", "No cause found"),
          reason("other", "Other"));

  private final ViolationStore store;
  private final ChartChanges changes;
  private final AuditStore audit;

  ViolationRoutes(ViolationStore store, ChartChanges changes, AuditStore audit) {
    this.store = store;
    this.changes = changes;
    this.audit = audit;
  }

  private static Map<String, String> reason(String code, String label) {
    var reason = new LinkedHashMap<String, String>();
    reason.put("code", code);
    reason.put("label", label);
    return reason;
  }

  Routes routes() {
    return new Routes()
        .on("listViolations", this::list)
        .on("violationStats", this::stats)
        .on("reasonCodes", _ -> Response.ok(Map.of("reason_codes", REASONS)))
        .on("acknowledgeViolation", this::acknowledge)
        .on("acknowledgeViolations", this::acknowledgeAll)
        .on("listAudit", this::listAudit);
  }

  private Response list(Request request) {
    var page = request.page("limit", 50);
    var found = store.list(filter(request), page);
    var members = store.members(found.items().stream().map(Violation::id).toList(), SHOWN_SAMPLES);
    var answer = new LinkedHashMap<String, Object>();
    answer.put(
        "violations",
        found.items().stream()
            .map(violation ->
                Views.violation(violation, members.getOrDefault(violation.id(), List.of())))
            .toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("limit", page.size());
    return Response.ok(answer);
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

  private Response stats(Request request) {
    var counts = store.counts(characteristic(request));
    var view = new LinkedHashMap<String, Object>();
    view.put("total", counts.total());
    view.put("unacknowledged", counts.open());
    view.put("acknowledged", counts.total() - counts.open());
    view.put("by_rule", counts.byRule());
    view.put("by_severity", counts.bySeverity());
    return Response.ok(view);
  }

  private Response acknowledge(Request request) {
    var id = request.pathLong("id");
    var acknowledged = changes.acknowledge(List.of(id), reason(request), actor(request));
    if (!acknowledged.isEmpty()) {
      return Response.ok(shown(acknowledged.getFirst()));
    }
    var present =
        store.find(List.of(id)).stream()
            .findFirst()
            .orElseThrow(() -> HeadwayException.notFound("Violation " + id));
    var answer = present.acknowledgment();
    throw new HeadwayException(
        ErrorCode.CONFLICT,
        "Violation %d has already been acknowledged by %s"
            .formatted(id, answer == null ? "somebody" : answer.user()));
  }

  private Map<String, Object> shown(Violation violation) {
    var members = store.members(List.of(violation.id()), SHOWN_SAMPLES);
    return Views.violation(violation, members.getOrDefault(violation.id(), List.of()));
  }

  private static String reason(Request request) {
    var reason = request.json().path("reason").asString("").strip();
    if (reason.isEmpty()) {
      throw HeadwayException.invalid("reason", "a reason is required");
    }
    return reason;
  }

  private static String actor(Request request) {
    return Actor.of(request.principal(), request.json().path("user").asString(""));
  }

  private Response acknowledgeAll(Request request) {
    var ids = ids(request.json().path("violation_ids"));
    var acknowledged =
        changes.acknowledge(ids, reason(request), actor(request)).stream()
            .map(Violation::id)
            .toList();
    var known = store.find(ids).stream().map(Violation::id).toList();
    var already = new ArrayList<>(known);
    already.removeAll(acknowledged);
    ids.removeAll(known);
    var view = new LinkedHashMap<String, Object>();
    view.put("acknowledged", acknowledged);
    view.put("already_acknowledged", already);
    view.put("not_found", ids);
    return Response.ok(view);
  }

  private static Set<Long> ids(JsonNode sent) {
    var ids = new LinkedHashSet<Long>();
    sent.forEach(id -> ids.add(id.asLong()));
    return ids;
  }

  private Response listAudit(Request request) {
    var page = request.page("limit", 50);
    var found = audit.list(characteristic(request), page);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("entries", found.items().stream().map(Views::audit).toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("limit", page.size());
    return Response.ok(answer);
  }
}
