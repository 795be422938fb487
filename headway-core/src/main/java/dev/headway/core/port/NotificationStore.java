package dev.headway.core.port;

import dev.headway.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which users are told of their jobs, and what they are to be told. Each rule tells of
 * an end once, and of a stall once for each attempt. Safe for use by any thread.
 */
public interface NotificationStore extends Announcements {
  /**
   * A rule of a user: who is told of which jobs.
   *
   * @param owner the user, of whose own jobs it is
   * @param url the receiver's address
   * @param occasions what is told
   * @param job the only job that it is about; null for all
   * @param tag the tag that a job must have; null for any
   * @param silence how long a job says nothing new until it has stalled; null for as long as runs
   *     of its type usually take
   * @param created ends from then on are told
   */
  record Rule(
      UUID id,
      long owner,
      String url,
      Set<Occasion> occasions,
      @Nullable UUID job,
      @Nullable String tag,
      @Nullable Duration silence,
      Instant created) {
    /** Takes a copy of the occasions. */
    public Rule {
      occasions = Set.copyOf(occasions);
    }

    /** Whether it is about a job. */
    public boolean covers(Job other) {
      return Objects.equals(other.spec().owner(), owner)
          && (job == null || job.equals(other.id()))
          && (tag == null || other.spec().tags().contains(tag));
    }
  }

  /**
   * Adds a rule.
   *
   * @param most how many a user may have
   * @return whether the user had fewer
   */
  boolean add(Rule rule, int most);

  /** The rules of a user, oldest first. */
  List<Rule> rules(long owner);

  /** The rules that tell of stalls, oldest first. */
  List<Rule> stallRules();

  /** Removes a rule of a user, with what it was still to tell; false when there is none. */
  boolean remove(long owner, UUID id);

  /**
   * Notes the ends since a moment that rules tell of, each once, however often they are noted.
   *
   * @param since no end before it is looked for
   * @param now from when on the new ones are due
   */
  void noteEnds(Instant since, Instant now);

  /** Notes that the present attempt of a job has stalled, once for each rule. */
  void noteStall(Rule rule, Job job, Instant now);
}
