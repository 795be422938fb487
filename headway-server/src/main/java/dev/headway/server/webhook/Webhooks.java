package dev.headway.server.webhook;

import dev.headway.core.engine.JobListener;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.Announcements;
import dev.headway.core.port.Announcements.Announcement;
import dev.headway.core.port.JobStore;
import dev.headway.server.limit.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes stored announcements about jobs, each at least once: of their ends at the addresses that
 * their creators named, or what users want to be told of. One is tried again with growing pauses
 * (exponential, full jitter) until the receiver answers 2xx, and given up after {@value
 * #MOST_ATTEMPTS} attempts, which is about three days. Of several nodes on one database one makes
 * each attempt: it claims it first. A receiver that is dead, slow or never ends its answer holds up
 * nobody else: each host has a few attempts at a time, and each attempt has a deadline. Safe for
 * use by any thread.
 */
public final class Webhooks implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  static final int MOST_ATTEMPTS = 40;
  private static final int AT_ONCE = 32;
  private static final int AT_ONE_HOST = 4;
  private static final int READ_AT_ONCE = 64;
  /* Longer than an attempt: a node that dies during one leaves it to the others. */
  private static final Duration CLAIM = Duration.ofSeconds(30);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofHours(2));

  private final Announcements pending;
  private final JobStore jobs;
  private final CallbackSender sender;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Executor workers;

  /* What is being announced, with the receivers' hosts; guarded by this. */
  private final Map<String, String> underWay = new HashMap<>();

  /**
   * Makes the announcements in {@code pending}. Where those are ends, stored with the jobs, it is
   * to be added to the jobs' listeners, so that it makes them at once.
   *
   * @param jobs has the jobs
   * @param sender makes an attempt
   * @param clock says when one is due
   * @param random spreads attempts
   * @param workers make them, a virtual thread each
   */
  public Webhooks(
      Announcements pending,
      JobStore jobs,
      CallbackSender sender,
      InstantSource clock,
      RandomGenerator random,
      Executor workers) {
    this.pending = pending;
    this.jobs = jobs;
    this.sender = sender;
    this.clock = clock;
    this.random = random;
    this.workers = workers;
  }

  @Override
  public void happened(JobEvent event) {
    if (event.ended() && event.job().spec().callbackUrl() != null) {
      workers.execute(this::tick);
    }
  }

  /** Begins the announcements that are due, as far as each host's budget and the whole go. */
  public synchronized void tick() {
    var begun = 1L;
    while (begun > 0) {
      var due = pending.callbacksDue(clock.instant(), READ_AT_ONCE, hostsAtTheirLimit());
      begun = due.stream().filter(this::begin).count();
    }
  }

  private Set<String> hostsAtTheirLimit() {
    return underWay.values().stream().filter(this::isAtItsLimit).collect(Collectors.toSet());
  }

  private boolean isAtItsLimit(String host) {
    return Collections.frequency(underWay.values(), host) >= AT_ONE_HOST;
  }

  private boolean begin(Announcement due) {
    var host = CallbackPolicy.host(due.url());
    if (underWay.size() >= AT_ONCE
        || isAtItsLimit(host)
        || underWay.putIfAbsent(due.id(), host) != null) {
      return false;
    }
    workers.execute(() -> announce(due));
    return true;
  }

  private void announce(Announcement due) {
    var delivered = false;
    try {
      var now = clock.instant();
      if (pending.claimCallback(due, now, now.plus(CLAIM))) {
        delivered = jobs.find(due.job()).filter(job -> sender.send(job, due)).isPresent();
        record(due, delivered);
      }
    } catch (RuntimeException failure) {
      LOG.warn("The announcement of job {} failed", due.job(), failure);
    } finally {
      leave(due.id(), delivered);
    }
  }

  /* Not during a tick, which may have read this one as due before it was done. */
  private synchronized void leave(String id, boolean delivered) {
    underWay.remove(id);
    if (delivered) {
      tick(); // others may have waited for this host
    }
  }

  private void record(Announcement claimed, boolean delivered) {
    var attempts = claimed.attempts() + 1;
    var over = delivered || attempts >= MOST_ATTEMPTS;
    if (over && !delivered) {
      LOG.warn("Gave up the announcement of job {}", claimed.job());
    }
    pending.callbackTried(claimed, over ? null : next(attempts));
  }

  private Instant next(int attempts) {
    var pause = LEAST_PAUSE.plus(BACKOFF.jittered(attempts, random));
    return clock.instant().plus(pause);
  }
}
