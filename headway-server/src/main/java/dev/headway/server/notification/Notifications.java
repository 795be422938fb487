package dev.headway.server.notification;

import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.NotificationStore;
import dev.headway.core.port.NotificationStore.Rule;
import dev.headway.server.account.token.Callers;
import dev.headway.server.webhook.CallbackPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The rules of users, and the duty that notes the ends they tell of. Ends are looked for in the
 * store, so that neither a job's end costs anything nor a crash loses one. Safe for use by any
 * thread; one of them ticks.
 */
public final class Notifications {
  /** The most rules of one user. */
  public static final int MOST = 100;

  /* An end is stored a moment after the time that it bears, which is another node's. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final NotificationStore store;
  private final JobStore jobs;
  private final CallbackPolicy policy;
  private final InstantSource clock;
  private Instant since = Instant.EPOCH;

  /**
   * Rules in a store.
   *
   * @param policy which addresses they may name
   */
  public Notifications(
      NotificationStore store, JobStore jobs, CallbackPolicy policy, InstantSource clock) {
    this.store = store;
    this.jobs = jobs;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Adds a rule of the user who asks.
   *
   * @throws HeadwayException VALIDATION_ERROR when the address may not be called or there is no
   *     such job of the user; CONFLICT when the user has {@value #MOST} rules; AUTHORIZATION_ERROR
   *     for a watch token, AUTHENTICATION_ERROR for nobody
   */
  public Rule add(Principal who, NewRule wanted, UUID id) {
    var owner = Callers.user(who).id();
    var defects = new ArrayList<Defect>();
    policy.defect(wanted.callbackUrl()).ifPresent(defects::add);
    var job = wanted.jobId();
    if (job != null && !belongs(job, owner)) {
      defects.add(Defect.ofField("job_id", "There is no job %s of yours".formatted(job)));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    var rule = wanted.rule(id, owner, clock.instant());
    if (!store.add(rule, MOST)) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "There are %d rules already, the most of one user; remove one that is no longer used"
              .formatted(MOST));
    }
    return rule;
  }

  private boolean belongs(UUID job, long owner) {
    return jobs.find(job).filter(found -> Objects.equals(found.spec().owner(), owner)).isPresent();
  }

  /** The rules of the user who asks, oldest first. */
  public List<Rule> rules(Principal who) {
    return store.rules(Callers.user(who).id());
  }

  /**
   * Removes a rule of the user who asks.
   *
   * @throws HeadwayException NOT_FOUND when the user has no such rule
   */
  public void remove(Principal who, UUID id) {
    if (!store.remove(Callers.user(who).id(), id)) {
      throw HeadwayException.notFound("Rule");
    }
  }

  /** Notes the ends since the last time; since ever at first, as nobody may have been there. */
  public void tick() {
    var now = clock.instant();
    store.noteEnds(since, now);
    since = now.minus(SLACK);
  }
}
