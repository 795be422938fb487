package dev.headway.spc.live;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.input.DefinitionDraft;
import dev.headway.spc.model.Definition;
import dev.headway.spc.store.AuditEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic and its stages at an earlier time, found by taking back the changes since then
 * that the audit trail has. Not thread-safe.
 */
final class PastSetup {
  private ChartSetup setup;

  /**
   * @param present the characteristic as it is
   * @param since the changes since the time, the newest first
   * @throws HeadwayException CONFLICT when there was no such characteristic at that time
   */
  PastSetup(ChartSetup present, List<AuditEntry> since) {
    this.setup = present;
    since.forEach(this::takeBack);
  }

  ChartSetup setup() {
    return setup;
  }

  private void takeBack(AuditEntry entry) {
    switch (entry.action()) {
      case CREATED ->
          throw new HeadwayException(
              ErrorCode.CONFLICT, "The characteristic was made at %s".formatted(entry.at()));
      case CHANGED -> setup = setup.with(definition(entry));
      case STAGES -> takeBackStage(entry.before(), entry.after());
      case LIMITS -> replaceStage(entry.before(), StageRecord::withLimits);
      case RULES -> replaceStage(entry.before(), StageRecord::withRules);
      case DELETED,
          EXCLUDED,
          INCLUDED,
          CORRECTED,
          SAMPLE_DELETED,
          ACKNOWLEDGED,
          CLOSED,
          ANNOTATED,
          ANNOTATION_REMOVED -> {}
    }
  }

  private static Definition definition(AuditEntry entry) {
    var before = JsonCodec.read(Objects.requireNonNull(entry.before()), DefinitionDraft.class);
    return before.definition();
  }

  private void takeBackStage(@Nullable Json before, @Nullable Json after) {
    if (before == null) {
      var begun = StageRecord.read(Objects.requireNonNull(after));
      begunAt(begun.beginning()).ifPresent(stage -> setup = setup.without(stage));
    } else {
      var was = StageRecord.read(before);
      var stage = setup.stage(was.stageId()).orElseGet(() -> unlimited(was.stageId()));
      setup = setup.with(stage.with(was.name(), was.beginning()));
    }
  }

  /* It had no number when it was noted, and earlier versions noted milliseconds. */
  private Optional<Stage> begunAt(Instant from) {
    var noted = from.truncatedTo(ChronoUnit.MILLIS);
    return setup.stages().stream()
        .filter(stage -> stage.from().truncatedTo(ChronoUnit.MILLIS).equals(noted))
        .findFirst();
  }

  /* A stage that was removed; its limits and rules were noted just before its removal. */
  private Stage unlimited(long id) {
    return Stage.first(ChartRules.defaultFor(setup.kind())).numbered(id);
  }

  private interface Restoration {
    Stage of(Stage stage, Json before);
  }

  /* Limits and rules that a stage began with go with its beginning, which has nothing before it. */
  private void replaceStage(@Nullable Json before, Restoration restoration) {
    var present = before == null ? null : setup.stage(StageRecord.idOf(before)).orElse(null);
    if (before != null && present != null) {
      setup = setup.with(restoration.of(present, before));
    }
  }
}
