package dev.headway.spc.app;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.StageDraft;
import dev.headway.spc.json.PreviewJson;
import dev.headway.spc.json.StageJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.live.PreviewedChange;
import dev.headway.spc.live.StageChanges;
import dev.headway.spc.live.StageChanges.ChangedStage;
import dev.headway.spc.live.StageChanges.LimitBasis;
import dev.headway.spc.live.StageChanges.StageEdit;
import dev.headway.spc.live.StageChanges.StageTarget;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SpcStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/characteristics/{id}/stages}: the stages of a characteristic. */
final class StageRoutes {
  private final LiveCharts charts;
  private final StageChanges changes;
  private final SampleStore samples;
  private final JudgedSamples judgedSamples;
  private final Authors authors;

  StageRoutes(LiveCharts charts, StageChanges changes, SpcStore store, Authors authors) {
    this.authors = authors;
    this.charts = charts;
    this.changes = changes;
    this.samples = store.samples();
    this.judgedSamples = new JudgedSamples(store);
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

  private record StagePreview(StageJson stage, @JsonUnwrapped PreviewJson effect) {}

  private Response previewed(Request request, ChangedStage changed) {
    var stage = StageJson.of(changed.state(), changed.stage());
    return Response.ok(new StagePreview(stage, preview(request, judgedSamples, changed.change())));
  }

  /** The effect of a change with the newest samples as they would be. */
  static PreviewJson preview(Request request, JudgedSamples judged, PreviewedChange change) {
    return PreviewJson.of(change, judged.previewed(change, request.queryInt("limit", 100)));
  }

  private Response begin(Request request) {
    var id = request.pathLong("id");
    var draft = request.json(StageDraft.class);
    var from = beginning(id, draft);
    if (from == null) {
      throw StageDraft.withoutBeginning();
    }
    var target = StageTarget.current(id, author(request));
    var preview = isPreview(request);
    var begun = changes.begin(target, edit(id, draft, null), from, preview);
    return preview
        ? previewed(request, begun)
        : Response.json(201, StageJson.of(begun.state(), begun.stage()))
            .with("Location", "/api/v1/characteristics/%d/stages".formatted(id));
  }

  static boolean isPreview(Request request) {
    return request.query("preview").map(Boolean::valueOf).orElse(false);
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

  private StageEdit edit(long id, StageDraft draft, @Nullable Instant from) {
    var state = state(id);
    var kind = state.setup().kind();
    var rules = draft.rules();
    var name = draft.name() == null ? null : draft.name().strip();
    return new StageEdit(
        name,
        from,
        rules == null ? null : present -> rules.rules(kind, present),
        basis(draft, state));
  }

  private static @Nullable LimitBasis basis(StageDraft draft, CharacteristicState state) {
    var limits = draft.limits();
    if (limits != null) {
      var given = limits.limits(state.setup().definition(), state.shownSize());
      return new LimitBasis.Given(given, limits.baseline());
    }
    var baseline = draft.baseline();
    return baseline == null
        ? null
        : new LimitBasis.Estimated(baseline.baseline(), baseline.estimation(state.setup().kind()));
  }

  private Response change(Request request) {
    var id = request.pathLong("id");
    var draft = request.json(StageDraft.class);
    var edit = edit(id, draft, beginning(id, draft));
    var preview = isPreview(request);
    var changed = changes.change(target(request), edit, preview);
    return preview
        ? previewed(request, changed)
        : Response.ok(StageJson.of(changed.state(), changed.stage()));
  }

  private StageTarget target(Request request) {
    return new StageTarget(request.pathLong("id"), request.pathLong("stage_id"), author(request));
  }

  private Author author(Request request) {
    return isPreview(request) ? Authors.unsigned(request) : authors.of(request);
  }

  private Response remove(Request request) {
    return Response.ok(Stages.of(changes.remove(target(request))));
  }
}
