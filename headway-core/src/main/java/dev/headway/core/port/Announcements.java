package dev.headway.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stored announcements about jobs, each of which is tried until its receiver has taken it. Of
 * several nodes one makes each attempt. Safe for use by any thread.
 */
public interface Announcements {
  /**
   * Announcements that are due by {@code now}, the longest due first.
   *
   * @param exceptHosts the beginnings of addresses, up to the path, that are left out
   */
  List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts);

  /**
   * Claims a due announcement for one attempt, so that no other node makes it meanwhile.
   *
   * @param now it is due by then
   * @param until when it is due again, should the attempt never be answered for
   * @return whether it was still to be had: not claimed, tried or removed since it was read
   */
  boolean claimCallback(Announcement due, Instant now, Instant until);

  /**
   * Notes how a claimed attempt went; does nothing when another has been claimed since.
   *
   * @param claimed as it was when it was claimed
   * @param next when to try again; null when nothing more is to be done
   */
  void callbackTried(Announcement claimed, @Nullable Instant next);

  /**
   * An announcement to make.
   *
   * @param id names it among those of its store
   * @param job whose news it is
   * @param occasion what is announced; null for the end that the job has come to
   * @param url the receiver's address
   * @param attempts how often it was claimed before
   */
  record Announcement(String id, UUID job, @Nullable Occasion occasion, String url, int attempts) {
    /** The announcement of a job's end at the address that the job itself names. */
    public Announcement(UUID job, String url, int attempts) {
      this(job.toString(), job, null, url, attempts);
    }
  }

  /** An event of a job of which people are told. */
  enum Occasion {
    /** It ended with a result. */
    COMPLETED,
    /** It ended with an error. */
    FAILED,
    /** It was stopped on request. */
    CANCELLED,
    /** It runs, and has said nothing new for too long. */
    STALLED
  }
}
