package dev.headway.server.notification;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Progress;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.NotificationStore;
import dev.headway.core.port.NotificationStore.Rule;
import dev.headway.core.port.PageRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The running jobs that rules about stalls cover, with the time since which each has said nothing
 * new: no other percentage, step, count or message, no line of its log. A worker's signs of life
 * alone are nothing new, since a program that hangs goes on to give them. Used by one thread.
 */
public final class Stalls {
  private static final int PAGE = 500;
  private static final int PAST_RUNS = 20;

  /** The shortest time that counts as long, where it is not stated. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  private final NotificationStore store;
  private final JobStore jobs;
  private final InstantSource clock;
  private final LongSupplier millis;
  private Map<UUID, Heard> heard = Map.of();
  private Set<Told> told = Set.of();

  /** The newest report of a job, and since when it is the newest. */
  private record Heard(int attempt, Progress progress, long line, long since) {
    static Heard of(Job job, long since) {
      var progress = job.progress().withEta(null);
      return new Heard(job.attempt(), progress, job.position().line(), since);
    }
  }

  private record Told(UUID rule, UUID job, int attempt) {}

  /**
   * Nothing heard yet.
   *
   * @param clock stamps what is noted
   * @param millis measures how long nothing was said, whatever the clock is set to
   */
  public Stalls(NotificationStore store, JobStore jobs, InstantSource clock, LongSupplier millis) {
    this.store = store;
    this.jobs = jobs;
    this.clock = clock;
    this.millis = millis;
  }

  /** Looks at all running jobs that rules cover, and notes those that have stalled. */
  public void tick() {
    var now = millis.getAsLong();
    var rules = store.stallRules().stream().collect(Collectors.groupingBy(Rule::owner));
    var running = new HashMap<UUID, Heard>();
    var noted = new HashSet<Told>();
    rules.forEach((owner, own) -> {
      for (var job : running(owner)) {
        var last = heardOf(job, now);
        running.put(job.id(), last);
        own.stream()
            .filter(rule -> rule.covers(job))
            .filter(rule -> note(rule, job, Duration.ofMillis(now - last.since())))
            .forEach(rule -> noted.add(new Told(rule.id(), job.id(), job.attempt())));
      }
    });
    heard = running;
    told = noted;
  }

  private List<Job> running(long owner) {
    var filter = new Filter(new Visibility(owner, false), null, Set.of(JobStatus.IN_PROGRESS));
    var found = new ArrayList<Job>();
    @Nullable String after = null;
    do {
      var page = jobs.list(filter, new PageRequest(1, PAGE, after));
      found.addAll(page.items());
      after = page.next();
    } while (after != null);
    return found;
  }

  private Heard heardOf(Job job, long now) {
    var before = heard.get(job.id());
    return before != null && before.equals(Heard.of(job, before.since()))
        ? before
        : Heard.of(job, now);
  }

  /** Whether a rule has been told of a job, now or before. */
  private boolean note(Rule rule, Job job, Duration silent) {
    if (told.contains(new Told(rule.id(), job.id(), job.attempt()))) {
      return true;
    }
    var most = rule.silence() == null ? usual(job, silent) : rule.silence();
    if (most == null || silent.compareTo(most) < 0) {
      return false;
    }
    store.noteStall(rule, job, clock.instant());
    return true;
  }

  /** As long as half of the past runs took; null where there are none, or it cannot matter yet. */
  private @Nullable Duration usual(Job job, Duration silent) {
    if (silent.compareTo(LEAST) < 0) {
      return null;
    }
    var past = jobs.durations(job.spec().type(), PAST_RUNS).stream().sorted().toList();
    return past.isEmpty() ? null : longer(past.get(past.size() / 2), LEAST);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
