package dev.headway.spc.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.input.StageDraft;
import dev.headway.spc.json.StageJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.ChartChanges.StageChange;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.SampleStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/characteristics/{id}/stages}: the stages of a characteristic. */
final class StageRoutes {
  private final LiveCharts charts;
  private final ChartChanges changes;
  private final SampleStore samples;

  StageRoutes(LiveCharts charts, ChartChanges changes, SampleStore samples) {
    this.charts = charts;
    this.changes = changes;
    this.samples = samples;
  }

  Routes routes() {
    return new Routes()
        .on("listStages", this::list)
        .on("beginStage", this::begin)
        .on("changeStage", this::change)
        .on("removeStage", this::remove);
  }

  private record Stages(long characteristicId, List<StageJson> stages) {
    static Stages of(CharacteristicState state) {
      return new Stages(state.setup().id(), StageJson.list(state));
    }
  }

  private CharacteristicState state(long id) {
    return charts.state(id).orElseThrow(() -> LiveCharts.notFound(id));
  }

  private Response list(Request request) {
    return Response.ok(Stages.of(state(request.pathLong("id"))));
  }

  private Response begin(Request request) {
    var id = request.pathLong("id");
    var draft = request.json(StageDraft.class);
    var from = beginning(id, draft);
    if (from == null) {
      throw StageDraft.withoutBeginning();
    }
    var count = state(id).setup().stages().size();
    var name = draft.name() == null ? "Stage " + (count + 1) : draft.name().strip();
    var actor = AuditEntry.actor(request.principal());
    var state = changes.beginStage(id, name, from, actor);
    var stage = state.setup().stageAt(from);
    var based = base(new StageChange(id, stage.id(), actor), draft, state);
    return Response.json(201, StageJson.of(based, own(based, stage.id())))
        .with("Location", "/api/v1/characteristics/%d/stages".formatted(id));
  }

  private @Nullable Instant beginning(long id, StageDraft draft) {
    var from = draft.beginning();
    var sample = draft.fromSample();
    if (sample == null) {
      return from;
    }
    return samples
        .find(sample)
        .filter(found -> found.characteristicId() == id)
        .orElseThrow(() ->
            HeadwayException.invalid(
                "from_sample", "characteristic %d has no sample %d".formatted(id, sample)))
        .timestamp();
  }

  private static Stage own(CharacteristicState state, long stageId) {
    return state
        .setup()
        .stage(stageId)
        .orElseThrow(() -> HeadwayException.notFound("Stage " + stageId));
  }

  /** Puts the limits and rules of a draft in force. */
  private CharacteristicState base(
      StageChange change, StageDraft draft, CharacteristicState before) {
    var state = before;
    var kind = before.setup().kind();
    var rules = draft.rules();
    if (rules != null) {
      state = changes.rule(change, present -> rules.rules(kind, present));
    }
    var limits = draft.limits();
    if (limits != null) {
      var set = limits.limits(before.setup().definition(), before.shownSize());
      state = changes.limit(change, limits.baseline(), set);
    }
    var baseline = draft.baseline();
    if (baseline != null) {
      state = changes.estimate(change, baseline.baseline(), baseline.estimation(kind)).state();
    }
    return state;
  }

  private Response change(Request request) {
    var id = request.pathLong("id");
    var stageId = request.pathLong("stage_id");
    var draft = request.json(StageDraft.class);
    var change = new StageChange(id, stageId, AuditEntry.actor(request.principal()));
    var from = beginning(id, draft);
    var state = state(id);
    own(state, stageId);
    if (draft.name() != null || from != null) {
      state = changes.moveStage(change, draft.name(), from);
    }
    var changed = base(change, draft, state);
    return Response.ok(StageJson.of(changed, own(changed, stageId)));
  }

  private Response remove(Request request) {
    var actor = AuditEntry.actor(request.principal());
    var change = new StageChange(request.pathLong("id"), request.pathLong("stage_id"), actor);
    return Response.ok(Stages.of(changes.removeStage(change)));
  }
}
