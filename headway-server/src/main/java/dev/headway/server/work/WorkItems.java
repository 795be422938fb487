package dev.headway.server.work;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Visibility;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.topic.Topic;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one kind, for clients who may watch or steer them; to everybody else they do not
 * exist. Thread-safe; blocks.
 *
 * @param <W> the resources' type
 */
public final class WorkItems<W extends WorkItem> {
  private static final long END_PATIENCE_SECONDS = 10;

  private final WorkKind<W> kind;
  private final Jobs jobs;
  private final Access access;
  private final InstantSource clock;

  /** The resources of {@code kind}, whose jobs are in {@code jobs}. */
  public WorkItems(WorkKind<W> kind, Jobs jobs, Access access, InstantSource clock) {
    this.kind = kind;
    this.jobs = jobs;
    this.access = access;
    this.clock = clock;
  }

  /** The kind of these resources. */
  public WorkKind<W> kind() {
    return kind;
  }

  /** The resource of an id, if the client may watch it. */
  public Optional<WorkState<W>> watchable(String id, Principal who) {
    return kind.find(id)
        .filter(item -> access.mayWatch(who, item.owner(), item.topics()))
        .flatMap(this::state);
  }

  /** The resource of an id, if the client may cancel and delete it. */
  public Optional<WorkState<W>> steerable(String id, Principal who) {
    return kind.find(id).filter(item -> maySteer(item, who)).flatMap(this::state);
  }

  /** Whether the client may cancel and delete a resource. */
  public boolean maySteer(W item, Principal who) {
    return access.maySteer(who, item.owner());
  }

  /** The resource with its present job; empty when it was deleted meanwhile. */
  public Optional<WorkState<W>> state(W item) {
    return jobs.find(item.job()).map(job -> new WorkState<>(item, job));
  }

  /** The owners whose resources a client sees in lists; null for everybody's. */
  public @Nullable Visibility visibility(Principal who) {
    return access.visible(who);
  }

  /**
   * The topic of a resource's job.
   *
   * @throws HeadwayException NOT_FOUND when it was deleted meanwhile
   */
  public Topic topic(W item) {
    return jobs.topic(item.job());
  }

  /**
   * Asks a resource's job to stop.
   *
   * @param command says whether the best result so far is wanted
   * @throws HeadwayException TOO_LATE when it has ended
   */
  public WorkState<W> cancel(WorkState<W> state, Command.RequestCancel command) {
    return new WorkState<>(state.item(), jobs.apply(state.job().id(), command));
  }

  /** Asks a resource's job to stop, or says why that is not possible. */
  Decision decideCancel(W item, Command.RequestCancel command) {
    return jobs.decide(item.job(), command);
  }

  /**
   * Removes a resource that has ended and closes its watchers.
   *
   * @throws HeadwayException CONFLICT when it has not ended
   */
  public void delete(WorkState<W> state) {
    jobs.delete(state.job().id());
  }

  /**
   * Removes a resource and closes its watchers; one that runs is cancelled first.
   *
   * @throws HeadwayException CONFLICT when its work has not stopped within 10 s
   */
  public void cancelAndDelete(WorkState<W> state) throws InterruptedException {
    var topic = topic(state.item());
    if (!topic.state().ended()) {
      decideCancel(state.item(), new Command.RequestCancel(false));
      awaitEnd(topic);
    }
    delete(state);
  }

  private void awaitEnd(Topic topic) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var listener =
        new Topic.Listener() {
          @Override
          public void appended() {
            if (topic.state().ended()) {
              ended.countDown();
            }
          }

          @Override
          public void removed() {
            ended.countDown();
          }
        };
    topic.listen(listener);
    try {
      listener.appended(); // it may have ended before the listener was there
      var _ = ended.await(END_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      topic.unlisten(listener, clock.instant());
    }
  }

  /** The error for a client that may not know whether there is such a resource. */
  public HeadwayException notFound() {
    return HeadwayException.notFound(title());
  }

  /** The kind's name as it begins a sentence. */
  private String title() {
    var name = kind.name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
