package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.input.ClosureDraft;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.model.Acknowledgment;
import dev.headway.spc.model.Annotation;
import dev.headway.spc.model.Closure;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.ChartWrite;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Changes of characteristics, and acknowledgments. Each is stored with its entry of the audit trail
 * in one transaction, then published. Safe for use by any thread; blocks on the store.
 */
public final class ChartChanges {
  private final LiveCharts charts;
  private final SpcStore store;
  private final InstantSource clock;

  /**
   * @param charts go over to what was changed
   * @param store keeps it
   * @param clock stamps it
   */
  public ChartChanges(LiveCharts charts, SpcStore store, InstantSource clock) {
    this.charts = charts;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a characteristic with one stage and the default rules of its kind.
   *
   * @throws HeadwayException CONFLICT when its name is taken
   */
  public ChartSetup create(Definition definition, Author author) {
    var rules = ChartRules.defaultFor(definition.kind());
    var after = JsonCodec.json(DefinitionDraft.of(definition));
    var created =
        store
            .characteristics()
            .add(
                definition,
                rules,
                id -> new AuditEntry(0, id, Action.CREATED, id, author, now(), null, after));
    charts.changed(created.id());
    return created;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private <T> T changing(long id, Function<LiveChart, T> change) {
    return charts.locked(id, change).orElseThrow(() -> LiveCharts.notFound(id));
  }

  /**
   * Defines a characteristic anew.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when the name is taken, or when the kind of chart
   *     or the subgroup size would change although there are samples
   */
  public ChartSetup redefine(long id, Definition definition, Author author) {
    return changing(
        id,
        chart -> {
          var before = chart.state().setup();
          var setup = before.with(definition);
          requireFit(before, setup);
          var audit =
              new AuditEntry(
                  0,
                  id,
                  Action.CHANGED,
                  id,
                  author,
                  now(),
                  JsonCodec.json(DefinitionDraft.of(before.definition())),
                  JsonCodec.json(DefinitionDraft.of(definition)));
          var write =
              new ChartWrite(
                  Map.of(id, chart.revision()),
                  setup,
                  SampleChanges.NONE,
                  ViolationChanges.NONE,
                  List.of(audit),
                  null);
          var _ = store.write(write, now());
          chart.forget();
          var state = chart.state();
          charts.publish(chart, state, new SpcEvent.Redefined(state.setup(), state.seen()));
          return state.setup();
        });
  }

  private void requireFit(ChartSetup before, ChartSetup after) {
    var sameChart =
        before.kind() == after.kind()
            && before.definition().subgroupSize() == after.definition().subgroupSize();
    if (!sameChart && store.samples().any(before.id())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "Characteristic %d has samples; make another one for another chart_type or subgroup_size"
              .formatted(before.id()));
    }
  }

  /**
   * Deletes a characteristic with its stages, samples and violations.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public void delete(long id, Author author) {
    var _ =
        changing(
            id,
            chart -> {
              var before = JsonCodec.json(DefinitionDraft.of(chart.state().setup().definition()));
              var audit = new AuditEntry(0, id, Action.DELETED, id, author, now(), before, null);
              store.characteristics().delete(id, audit);
              charts.remove(chart);
              return id;
            });
  }

  /** Judges the samples of a characteristic anew that an earlier version judged as they came. */
  public void judgeAnew(long id) {
    var _ =
        charts.locked(
            id,
            chart -> {
              var setup = chart.state().setup();
              var before = chart.state().seen();
              var outcome =
                  new Rejudgment(store, setup, SampleChanges.NONE).period(Stage.BEGINNING, null);
              var write =
                  new ChartWrite(
                      Map.of(id, chart.revision()),
                      null,
                      SampleChanges.NONE,
                      outcome.changes(),
                      List.of(),
                      null);
              var numbers = store.write(write, now());
              chart.forget();
              charts.publishRejudged(chart, outcome, numbers.violationIds(), before);
              return outcome.judged();
            });
    store.characteristics().judged(id);
  }

  /**
   * Acknowledges violations that nobody has answered yet and tells their watchers.
   *
   * @return what was acknowledged now, ascending
   */
  public List<Violation> acknowledge(Collection<Long> ids, String reason, Author author) {
    var characteristics =
        store.violations().find(ids).stream().map(Violation::characteristicId).toList();
    var answer = new Acknowledgment(author.name(), reason, now(), author.meaning());
    return charts.lockedAll(
        characteristics,
        present -> {
          present.forEach(charts::refresh);
          var acknowledged =
              store
                  .violations()
                  .acknowledge(ids, answer, violation -> entry(violation, answer, author));
          var violations = new ArrayList<Violation>();
          for (var one : acknowledged) {
            violations.add(one.violation());
            present.stream()
                .filter(chart -> chart.id() == one.violation().characteristicId())
                .forEach(chart -> publish(chart, one.violation(), one.auditId()));
          }
          return violations;
        });
  }

  /**
   * Closes a violation that was acknowledged, with its cause and the action, and tells its watchers
   * to read the chart anew.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when it is not acknowledged, or closed already
   */
  public Violation close(long id, ClosureDraft draft, Author author) {
    var closure =
        new Closure(
            draft.cause().strip(), draft.action().strip(), author.name(), now(), author.meaning());
    var found =
        store.violations().find(List.of(id)).stream()
            .findFirst()
            .orElseThrow(() -> HeadwayException.notFound("Violation " + id));
    return changing(
        found.characteristicId(),
        chart -> {
          charts.refresh(chart);
          var entry =
              new AuditEntry(
                  0,
                  found.characteristicId(),
                  Action.CLOSED,
                  id,
                  author,
                  closure.at(),
                  null,
                  JsonCodec.json(closure));
          var closed = store.violations().close(id, closure, entry).orElseThrow(() -> notOpen(id));
          readAnew(chart);
          return closed;
        });
  }

  private void readAnew(LiveChart chart) {
    chart.forget();
    var state = chart.state();
    charts.publish(chart, state, new SpcEvent.JudgedAnew(chart.id(), 0, 0, 0, state.seen()));
  }

  /**
   * Notes a remark about a sample and tells watchers to read the chart anew.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public Annotation annotate(long sampleId, String text, Author author) {
    var sample = store.samples().find(sampleId).orElseThrow(() -> notFound("Sample ", sampleId));
    return changing(
        sample.characteristicId(),
        chart -> {
          charts.refresh(chart);
          var annotation = new Annotation(0, chart.id(), sampleId, text, author.name(), now());
          var entry = entry(annotation, Action.ANNOTATED, author);
          var stored = store.annotations().add(annotation, entry);
          readAnew(chart);
          return stored;
        });
  }

  /**
   * Removes a remark; the audit trail keeps it.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public void removeAnnotation(long id, Author author) {
    var missing = notFound("Annotation ", id);
    var annotation = store.annotations().find(id).orElseThrow(() -> missing);
    var _ =
        changing(
            annotation.characteristicId(),
            chart -> {
              charts.refresh(chart);
              var entry = entry(annotation, Action.ANNOTATION_REMOVED, author);
              if (!store.annotations().remove(annotation, entry)) {
                throw missing;
              }
              readAnew(chart);
              return id;
            });
  }

  private static HeadwayException notFound(String what, long id) {
    return HeadwayException.notFound(what + id);
  }

  private record Remark(String text, String author) {}

  private AuditEntry entry(Annotation annotation, Action action, Author author) {
    var remark = JsonCodec.json(new Remark(annotation.text(), annotation.author()));
    var made = action == Action.ANNOTATED;
    return new AuditEntry(
        0,
        annotation.characteristicId(),
        action,
        annotation.sampleId(),
        author,
        now(),
        made ? null : remark,
        made ? remark : null);
  }

  private static HeadwayException notOpen(long id) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "Violation %d has not been acknowledged yet, or is closed already".formatted(id));
  }

  private record Answered(String reason) {}

  private static AuditEntry entry(Violation violation, Acknowledgment answer, Author author) {
    return new AuditEntry(
        0,
        violation.characteristicId(),
        Action.ACKNOWLEDGED,
        violation.id(),
        author,
        answer.at(),
        null,
        JsonCodec.json(new Answered(answer.reason())));
  }

  private void publish(LiveChart chart, Violation violation, long auditId) {
    chart.countOn();
    chart.acknowledged(violation.id());
    var present = chart.state();
    var state = present.without(violation.id()).with(present.seen().withChange(auditId));
    charts.publish(chart, state, new SpcEvent.Acknowledged(violation, state.seen()));
  }
}
