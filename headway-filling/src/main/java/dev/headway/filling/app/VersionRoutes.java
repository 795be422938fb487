package dev.headway.filling.app;

import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.revision.Revision;
import dev.headway.filling.store.PlanVersion;
import dev.headway.filling.store.PlanVersion.Step;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.VersionStore;
import dev.headway.filling.work.PlannedSchedule;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The routes of plans that people change: checks, and versions from their draft to publication.
 *
 * @param work finds schedules
 * @param results has their plans
 * @param store has the versions
 * @param clock says when a version was saved, approved or published
 */
record VersionRoutes(
    WorkRoutes<Task> work, TaskResults results, VersionStore store, InstantSource clock) {
  /** All versions of a schedule, the newest first. */
  private record Versions(List<VersionView> versions) {}

  Routes routes() {
    return new Routes()
        .on("checkPlan", this::check)
        .on("saveVersion", this::save)
        .on("listVersions", this::list)
        .on("getVersion", this::show)
        .on("approveVersion", this::approve)
        .on("publishVersion", this::publish);
  }

  private Response check(Request request) {
    var state = work.watchable(request);
    var body = request.json(MovesBody.class);
    var base = revision(state, body.baseNumber());
    return Response.ok(RevisionView.of(moved(base, body), base.planned()));
  }

  private static Revision moved(Revision base, MovesBody body) {
    return Revision.of(base.problem(), base.planned().stored(), body.moves());
  }

  private Response save(Request request) {
    var state = work.steerable(request);
    var body = request.json(MovesBody.class);
    if (body.noteText().chars().anyMatch(Character::isISOControl)) {
      throw HeadwayException.invalid("note", "note contains a control character; remove it.");
    }
    var revision = moved(revision(state, body.baseNumber()), body);
    requireNone(revision);
    var given = base(state).assignment().problem();
    var draft =
        new VersionStore.NewVersion(
            body.baseNumber(), body.noteText(), revision.content(given), step(request));
    var number = store.add(state.item().id(), draft);
    var location = "/api/v1/schedule/%d/versions/%d".formatted(state.item().id(), number);
    return Response.json(201, view(state, number)).with("Location", location);
  }

  private static void requireNone(Revision revision) {
    if (!revision.violations().isEmpty()) {
      throw HeadwayException.badInput(
          revision.violations().stream()
              .map(violation -> Defect.ofField("moves", violation.message()))
              .toList());
    }
  }

  private Response list(Request request) {
    var state = work.watchable(request);
    var versions = store.list(state.item().id());
    var current = published(versions);
    return Response.ok(
        new Versions(
            versions.stream()
                .map(
                    version -> VersionView.of(version, current.filter(version::equals).isPresent()))
                .toList()));
  }

  private Response show(Request request) {
    var state = work.watchable(request);
    var number = Integer.parseInt(request.pathText("version"));
    var version = found(state, number);
    var against = request.query("against").map(Integer::valueOf).orElse(version.base());
    var plan = RevisionView.of(revision(state, number), revision(state, against).planned());
    return Response.ok(new VersionView.Whole(view(state, number), plan));
  }

  private Response approve(Request request) {
    var state = work.steerable(request);
    var number = Integer.parseInt(request.pathText("version"));
    found(state, number);
    if (!store.approve(state.item().id(), number, step(request))) {
      var approved = found(state, number).approved();
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "Version %d was approved before, by %s at %s"
              .formatted(
                  number,
                  approved == null ? "" : approved.by(),
                  approved == null ? "" : approved.at()));
    }
    return Response.ok(view(state, number));
  }

  private Response publish(Request request) {
    var state = work.steerable(request);
    var number = Integer.parseInt(request.pathText("version"));
    found(state, number);
    if (published(store.list(state.item().id()))
        .filter(now -> now.number() == number)
        .isPresent()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "Version %d is published already".formatted(number));
    }
    if (!store.publish(state.item().id(), number, step(request))) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "Version %d is a draft; approve it first".formatted(number));
    }
    return Response.ok(view(state, number));
  }

  /** The plan that is published now; none where none ever was. */
  Optional<PlannedSchedule> published(WorkState<Task> state) {
    return published(store.list(state.item().id()))
        .map(version -> revision(state, version.number()).planned());
  }

  /** The plan of a version; number 0 is the plan as it was planned. */
  PlannedSchedule planned(WorkState<Task> state, int number) {
    return revision(state, number).planned();
  }

  private static Optional<PlanVersion> published(List<PlanVersion> versions) {
    return versions.stream()
        .filter(version -> version.published() != null)
        .max(Comparator.comparing(VersionRoutes::publication));
  }

  private static Instant publication(PlanVersion version) {
    return Objects.requireNonNull(version.published()).at();
  }

  private VersionView view(WorkState<Task> state, int number) {
    var versions = store.list(state.item().id());
    var current = published(versions).filter(now -> now.number() == number).isPresent();
    return VersionView.of(found(state, number), current);
  }

  private PlanVersion found(WorkState<Task> state, int number) {
    return store.find(state.item().id(), number).orElseThrow(() -> unknown(number));
  }

  private static HeadwayException unknown(int number) {
    return HeadwayException.notFound("Version " + number);
  }

  private Revision revision(WorkState<Task> state, int number) {
    var base = base(state);
    var problem = base.assignment().problem();
    var planned = base.planned().stored();
    if (number == 0) {
      return Revision.of(problem, planned);
    }
    var content = store.content(state.item().id(), number);
    return Revision.of(problem, planned, content.orElseThrow(() -> unknown(number)));
  }

  private TaskResults.PlannedInput base(WorkState<Task> state) {
    return results.base(state).orElseThrow(() -> TaskResults.noPlan(state));
  }

  private Step step(Request request) {
    var by = request.principal() instanceof Principal.Known known ? known.email() : "anonymous";
    return new Step(clock.instant().truncatedTo(ChronoUnit.MICROS), by);
  }
}
