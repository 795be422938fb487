package dev.headway.fpl.plan.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The processor time of one thread, as a clock that stands still while others have the processor:
 * what it measures is the same on a machine that has much else to do. Safe for use by any thread.
 */
final class ProcessorTime implements InstantSource {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long thread;

  private ProcessorTime(long thread) {
    this.thread = thread;
  }

  /** The processor time of the calling thread, which must be a platform thread. */
  static ProcessorTime ofThisThread() {
    return new ProcessorTime(Thread.currentThread().threadId());
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(Math.max(0, threads.getThreadCpuTime(thread)));
  }
}
