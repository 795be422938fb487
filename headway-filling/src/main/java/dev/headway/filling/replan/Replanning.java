package dev.headway.filling.replan;

import dev.headway.core.job.Json;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Terms;
import dev.headway.server.json.JsonCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the input of a schedule that goes on from another one at a moment. Lots that have begun
 * are locked as they are; each line is shut down from the end of these until that moment, so that
 * nothing else happens in the past; every other lot knows its earlier place and what moving it
 * costs. Immutable.
 */
public final class Replanning {
  private final Problem problem;
  private final Schedule schedule;
  private final Instant at;
  private final Begun begun;

  /**
   * @param problem of the schedule
   * @param schedule as it was planned
   * @param at from when on it is planned again
   */
  public Replanning(Problem problem, Schedule schedule, Instant at) {
    this.problem = problem;
    this.schedule = schedule;
    this.at = at;
    begun = Begun.of(schedule, ChronoUnit.MICROS.between(schedule.start(), at));
  }

  /** Whether a lot has begun. */
  public boolean hasBegun(String lot) {
    return begun.lots().containsKey(lot);
  }

  /** Whether every lot has begun, so that there is nothing to plan. */
  public boolean allBegun() {
    return begun.lots().size() == problem.lotCount();
  }

  /**
   * The settings: those of the schedule, with its start and with lines that have no past.
   *
   * @param settings of the schedule, over which others may be laid already
   */
  public Json config(ObjectNode settings) {
    var config = settings.deepCopy();
    config.put("start_time", schedule.start().toString());
    var lines = JsonNodeFactory.instance.arrayNode();
    for (var line = 0; line < problem.lineCount(); line++) {
      lines.add(line(settings, line));
    }
    config.set("lines", lines);
    return JsonCodec.json(config);
  }

  private ObjectNode line(ObjectNode settings, int number) {
    Line line = problem.settings().lines().get(number);
    var given = settings.path("lines").path(number);
    var written =
        given.isObject() ? ((ObjectNode) given).deepCopy() : JsonNodeFactory.instance.objectNode();
    written.put("name", line.name());
    var free = schedule.at(begun.ends().get(number));
    if (free.isBefore(at)) {
      var common = settings.path("shutdowns");
      var shutdowns = JsonNodeFactory.instance.arrayNode();
      shutdowns.addAll(list(given.path("shutdowns").isArray() ? given.path("shutdowns") : common));
      shutdowns.addObject().put("from", free.toString()).put("to", at.toString());
      written.set("shutdowns", shutdowns);
    }
    return written;
  }

  private static List<JsonNode> list(JsonNode array) {
    return array.isArray() ? List.copyOf(array.values()) : List.of();
  }

  /**
   * The lots.
   *
   * @param moveHours what moving one of them is worth
   */
  public List<Map<String, Object>> lots(BigDecimal moveHours) {
    return problem.lots().stream().map(lot -> lot(lot, moveHours)).toList();
  }

  /** The lots as they were given, for a schedule that begins anew. */
  public static List<Map<String, Object>> given(Problem problem) {
    return problem.lots().stream().map(Replanning::given).toList();
  }

  private static Map<String, Object> given(Lot lot) {
    var members = own(lot);
    putOpen(members, lot.terms());
    var was = lot.terms().was();
    if (was != null) {
      members.put("was_line", was.line());
      put(members, "was_after", was.after());
      members.put("move_hours", Micros.inHours(was.cost()));
    }
    return members;
  }

  /** The members of a lot that no plan changes. */
  private static Map<String, Object> own(Lot lot) {
    var members = new LinkedHashMap<String, Object>();
    members.put("lot_id", lot.id());
    members.put("lot_type", lot.type());
    members.put("vials", lot.vials());
    put(members, "fill_hours", lot.fillTime() == null ? null : Micros.inHours(lot.fillTime()));
    put(members, "due", lot.terms().due());
    members.put("priority", lot.terms().priority());
    put(members, "after", lot.terms().lock().after());
    return members;
  }

  /** The terms of a lot that has not begun. */
  private static void putOpen(Map<String, Object> members, Terms terms) {
    put(members, "release", terms.release());
    members.put("lines", terms.lines());
    put(members, "locked_start", terms.lock().start());
    put(members, "locked_clean", terms.lock().clean());
  }

  private Map<String, Object> lot(Lot lot, BigDecimal moveHours) {
    var members = own(lot);
    var started = begun.lots().get(lot.id());
    if (started != null) {
      members.put("lines", List.of(schedule.lines().get(started.fill().line())));
      put(members, "locked_start", schedule.at(started.fill().span().start()));
      members.put("locked_clean", started.clean());
      return members;
    }
    putOpen(members, lot.terms());
    members.put("was_line", schedule.lines().get(lineOf(lot)));
    put(members, "was_after", begun.before().get(lot.id()));
    members.put("move_hours", moveHours);
    return members;
  }

  private int lineOf(Lot lot) {
    return schedule.fills().stream()
        .filter(fill -> fill.lot().id().equals(lot.id()))
        .findFirst()
        .orElseThrow()
        .line();
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value instanceof Instant moment ? moment.toString() : value);
    }
  }

  /** Lots in which some are replaced by others of the same id, some left out, and others added. */
  public static Json changed(
      List<Map<String, Object>> lots, JsonNode others, List<String> removed) {
    var byId = new LinkedHashMap<String, Object>();
    lots.forEach(lot -> byId.put(String.valueOf(lot.get("lot_id")), lot));
    removed.forEach(byId::remove);
    var nameless = new ArrayList<Object>();
    for (var other : list(others)) {
      var id = other.path("lot_id").asString("");
      if (id.isEmpty()) {
        nameless.add(other); // refused with all that is wrong
      } else {
        byId.put(id, other);
      }
    }
    nameless.addAll(0, byId.values());
    return JsonCodec.json(nameless);
  }
}
