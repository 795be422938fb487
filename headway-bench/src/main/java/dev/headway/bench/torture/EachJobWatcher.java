package dev.headway.bench.torture;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A watcher that follows each job by itself, over one connection after the other. */
abstract class EachJobWatcher extends JobWatcher {
  EachJobWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api, verdicts, jobs);
  }

  /** Follows a job over one connection, until this ends or is cut off. */
  abstract void follow(String job) throws InterruptedException;

  @Override
  public void run() {
    try (var followers = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        followAll(followers);
      } catch (InterruptedException _) {
        followers.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void followAll(ExecutorService followers) throws InterruptedException {
    var followed = new HashSet<String>();
    while (true) {
      followed.retainAll(jobs());
      for (var job : jobs()) {
        if (followed.add(job)) {
          followers.execute(() -> followToItsEnd(job));
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void followToItsEnd(String job) {
    try {
      while (jobs().contains(job) && !view(job).ended()) {
        follow(job);
        pause();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
