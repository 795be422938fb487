package dev.headway.core.memory;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.NotificationStore;
import dev.headway.core.port.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rules in memory, gone with the process, over the jobs of a store. Safe for use by any thread. */
public final class InMemoryNotificationStore implements NotificationStore {
  private static final int PAGE = 500;
  private static final Filter ENDED =
      new Filter(null, null, Set.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED));

  private final JobStore jobs;
  private final List<Rule> rules = new ArrayList<>();
  private final PendingAnnouncements pending = new PendingAnnouncements();

  /** Without rules. */
  public InMemoryNotificationStore(JobStore jobs) {
    this.jobs = jobs;
  }

  @Override
  public synchronized boolean add(Rule rule, int most) {
    return rules(rule.owner()).size() < most && rules.add(rule);
  }

  @Override
  public synchronized List<Rule> rules(long owner) {
    return rules.stream().filter(rule -> rule.owner() == owner).toList();
  }

  @Override
  public synchronized List<Rule> stallRules() {
    return rules.stream().filter(rule -> rule.occasions().contains(Occasion.STALLED)).toList();
  }

  @Override
  public synchronized boolean remove(long owner, UUID id) {
    var removed = rules.removeIf(rule -> rule.id().equals(id) && rule.owner() == owner);
    if (removed) {
      pending.remove(name -> name.startsWith(id.toString()));
    }
    return removed;
  }

  @Override
  public synchronized void noteEnds(Instant since, Instant now) {
    if (rules.isEmpty()) {
      return;
    }
    @Nullable String after = null;
    do {
      var page = jobs.list(ENDED, new PageRequest(1, PAGE, after));
      page.items().forEach(job -> noteEnd(job, since, now));
      after = page.next();
    } while (after != null);
  }

  private void noteEnd(Job job, Instant since, Instant now) {
    var ended = job.times().completed();
    if (ended == null || ended.isBefore(since)) {
      return;
    }
    var occasion = Occasion.valueOf(job.status().name());
    for (var rule : rules) {
      if (!ended.isBefore(rule.created()) && rule.occasions().contains(occasion)) {
        note(rule, job, occasion, now);
      }
    }
  }

  @Override
  public synchronized void noteStall(Rule rule, Job job, Instant now) {
    if (rules.contains(rule)) {
      note(rule, job, Occasion.STALLED, now);
    }
  }

  private void note(Rule rule, Job job, Occasion occasion, Instant now) {
    if (rule.covers(job)) {
      var id = "%s.%s.%s.%d".formatted(rule.id(), job.id(), occasion, job.attempt());
      pending.add(new Announcement(id, job.id(), occasion, rule.url(), 0), now);
    }
  }

  @Override
  public List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts) {
    return pending.callbacksDue(now, limit, exceptHosts);
  }

  @Override
  public boolean claimCallback(Announcement due, Instant now, Instant until) {
    return pending.claimCallback(due, now, until);
  }

  @Override
  public void callbackTried(Announcement claimed, @Nullable Instant next) {
    pending.callbackTried(claimed, next);
  }
}
