package dev.headway.bench.torture;

import dev.headway.bench.store.StoredLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The oracle: work that goes on at any of the servers, and is watched there, while these are
 * killed, stopped and told to leave; at the end of a round each watcher's view is compared with
 * what is stored. Rounds may go on side by side.
 */
final class Torture implements AutoCloseable {
  final Nodes nodes;
  final StoredLog stored;
  final Random random;
  final Api api;
  final Verdicts verdicts = new Verdicts();

  /** Watched now. */
  final Set<String> jobs = ConcurrentHashMap.newKeySet();

  final Set<String> schedules = ConcurrentHashMap.newKeySet();
  final Set<String> characteristics = ConcurrentHashMap.newKeySet();

  /** The ends that workers were told, by job. */
  final Map<String, String> ends = new ConcurrentHashMap<>();

  final AtomicLong compared = new AtomicLong();
  final List<JobWatcher> jobWatchers;
  final ScheduleWatcher scheduleWatcher;
  final SampleWatcher sampleWatcher;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Begins to work and to watch.
   *
   * @param stored the log in the servers' database
   * @param workers how many there are
   */
  Torture(Nodes nodes, StoredLog stored, Random random, int workers) throws InterruptedException {
    this.nodes = nodes;
    this.stored = stored;
    this.random = random;
    this.api = new Api(nodes, verdicts);
    api.signIn();
    jobWatchers =
        List.of(
            new StreamWatcher("stream", api, verdicts, jobs, false),
            new StreamWatcher("cbor", api, verdicts, jobs, true),
            new ChannelWatcher("channel", api, verdicts, jobs),
            new LineWatcher("events", api, verdicts, jobs, true),
            new LineWatcher("lines", api, verdicts, jobs, false),
            new PollWatcher("poll", api, verdicts, jobs));
    scheduleWatcher = new ScheduleWatcher("schedule", api, verdicts, schedules);
    sampleWatcher = new SampleWatcher("chart", api, verdicts, characteristics);
    jobWatchers.forEach(this::begin);
    begin(scheduleWatcher);
    begin(sampleWatcher);
    TortureWorker.several(workers, api, verdicts, ends).forEach(this::begin);
  }

  private void begin(Runnable work) {
    threads.add(Thread.ofVirtual().start(work));
  }

  /** Goes through one round; returns what was done to the servers. */
  String round() throws InterruptedException {
    return new Round(this).run();
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /** How many views have been compared with what is stored. */
  long compared() {
    return compared.get();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    api.http.shutdownNow();
  }
}
