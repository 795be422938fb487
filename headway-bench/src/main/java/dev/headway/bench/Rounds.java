package dev.headway.bench;

import dev.headway.bench.contender.Contender;
import dev.headway.bench.contender.Running;
import dev.headway.bench.load.Generator;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.output.RecordedRun;
import dev.headway.bench.workload.BenchContext;
import dev.headway.bench.workload.Options;
import dev.headway.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs workloads on servers in turn, A B A B, so that a noisy machine harms all alike. The servers
 * are started once and live through all rounds. Used by one thread.
 */
final class Rounds implements AutoCloseable {
  /* By how much shorter cases warm up from the second round on. */
  private static final int LATER_WARM = 4;

  private final List<Contender> contenders;
  private final Path folder;
  private final Options options;
  private final ProgressLine progress;
  private final Generator generator = new Generator();
  private final List<Running> running = new ArrayList<>();
  private int folders;
  private final Set<Integer> primed = new HashSet<>();
  private final List<String> failures = new ArrayList<>();

  Rounds(List<Contender> contenders, Path folder, Options options, ProgressLine progress) {
    this.contenders = List.copyOf(contenders);
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs one workload so many times on every server that it can be run on; Headway comes first. A
   * server that does not stand it is replaced by a new one, and is left out of the workload's
   * remaining rounds.
   */
  List<RecordedRun> run(Workload workload, int rounds) {
    var runs = new ArrayList<RecordedRun>();
    var taking = workload.comparable() ? contenders.size() : 1;
    start(taking);
    if (workload.warm()) {
      for (var at = 0; at < taking; at++) {
        prime(at);
      }
    }
    var failed = new HashSet<Integer>();
    var left = new RemainingTime(taking * rounds, System::nanoTime);
    for (var round = 1; round <= rounds; round++) {
      for (var at = 0; at < taking; at++) {
        if (!failed.contains(at)) {
          progress.begin(
              "%s, %s, round %d of %d%s"
                  .formatted(
                      workload.name(), contenders.get(at).name(), round, rounds, left.text()));
          if (!attempt(workload, at, round, runs)) {
            failed.add(at);
          }
        }
        left.taken();
      }
    }
    return runs;
  }

  /** The failures of servers, in the order of events. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private boolean attempt(Workload workload, int at, int round, List<RecordedRun> runs) {
    var server = running.get(at);
    try {
      var report = workload.run(context(at, warm(workload, round)));
      runs.add(new RecordedRun(workload.name(), server.name(), round, report));
      return true;
    } catch (LoadException failed) {
      failures.add(
          "%s on %s, round %d: %s\nThe server's last words: %s"
              .formatted(
                  workload.name(),
                  server.name(),
                  round,
                  failed.getMessage(),
                  server.process().tail()));
      progress.note(failures.getLast());
      server.close();
      primed.remove(at);
      running.set(at, another(contenders.get(at)).apply(Map.of()));
      return false;
    }
  }

  private void start(int count) {
    while (running.size() < count) {
      var contender = contenders.get(running.size());
      progress.begin("starting " + contender.name());
      running.add(another(contender).apply(Map.of()));
    }
  }

  private void prime(int at) {
    if (primed.add(at)) {
      var server = running.get(at);
      progress.begin("warming up " + server.name());
      new Priming(generator).prime(server);
    }
  }

  private Function<Map<String, String>, Running> another(Contender contender) {
    return settings -> {
      folders++;
      return contender.start(folder.resolve(contender.name() + "-" + folders), settings);
    };
  }

  /* A server that lives through all rounds gets warm in the first of them. */
  private Duration warm(Workload workload, int round) {
    return round == 1 || !workload.warm() ? options.warm() : options.warm().dividedBy(LATER_WARM);
  }

  private BenchContext context(int at, Duration warm) {
    return new BenchContext(
        running.get(at),
        another(contenders.get(at)),
        generator,
        options.warmedUp(warm),
        progress::say);
  }

  @Override
  public void close() {
    running.forEach(Running::close);
    generator.close();
  }
}
