package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of one worker from one queue: it waits for jobs, and takes each as long as the worker
 * holds fewer than it wants. Runs on a thread of its own; thread-safe.
 */
final class QueueClaims implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueClaims.class);

  /** The longest wait for a signal: one could have been missed with a lost bus. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private static final Duration TROUBLE = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Waiting query;
  private final JobRequests.Claim terms;
  private final BiConsumer<Job, QueueClaims> worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int wanted;
  private int held;
  private boolean ended;
  private boolean woken;
  private @Nullable Thread waiting;

  /**
   * @param query the jobs that it may take
   * @param terms who takes them, and for how long
   * @param worker is handed each job
   */
  QueueClaims(
      Jobs jobs, Waiting query, JobRequests.Claim terms, BiConsumer<Job, QueueClaims> worker) {
    this.jobs = jobs;
    this.query = query;
    this.terms = terms;
    this.worker = worker;
  }

  /** Whether they are those of a request. */
  boolean sameAs(Waiting asked, JobRequests.Claim under) {
    return query.equals(asked) && terms.equals(under);
  }

  /** Whether somebody may make them. */
  boolean allowed(Access access, Principal who) {
    return access.mayClaim(who, query.queue())
        && Objects.equals(query.owners(), access.claimable(who));
  }

  /** Sets how many jobs the worker wants to hold at once. */
  void want(int count) {
    lock.lock();
    try {
      wanted = count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that the worker holds one job fewer. */
  void released() {
    lock.lock();
    try {
      held--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no further job. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      if (waiting != null) {
        waiting.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      while (awaitRoom()) {
        var seen = jobs.queueSignal().count();
        var job = claimed();
        if (job.isPresent()) {
          hand(job.get());
        } else {
          awaitSignal(seen);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server leaves
    }
  }

  private boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      if (woken && (ended || held >= wanted)) {
        jobs.queueSignal().next(query);
      }
      woken = false;
      while (!ended && held >= wanted) {
        changed.await();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Job> claimed() throws InterruptedException {
    try {
      return jobs.claim(query, terms.workerId(), terms.lease());
    } catch (HeadwayException trouble) {
      LOG.debug("No job can be claimed now", trouble);
    } catch (RuntimeException fault) {
      LOG.warn("No job can be claimed now", fault);
    }
    jobs.queueSignal().await(query, jobs.queueSignal().count(), TROUBLE);
    return Optional.empty();
  }

  /* Only here a thread is interrupted, and never while it writes. */
  private void awaitSignal(long seen) throws InterruptedException {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      waiting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
    try {
      jobs.queues().await(query, seen, LOOK_AGAIN);
    } catch (InterruptedException interrupted) {
      if (!isEnded()) {
        throw interrupted;
      }
    } finally {
      stopWaiting();
    }
  }

  private void stopWaiting() {
    lock.lock();
    try {
      waiting = null;
      woken = true;
      if (ended) {
        var _ = Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /* A worker that has gone meanwhile keeps nobody waiting for the end of its lease. */
  private void hand(Job job) {
    lock.lock();
    try {
      if (!ended) {
        held++;
        worker.accept(job, this);
        return;
      }
    } finally {
      lock.unlock();
    }
    jobs.decide(job.id(), new Command.LoseLease(true));
  }
}
