package dev.headway.bench;

import dev.headway.bench.contender.Contender;
import dev.headway.bench.contender.Running;
import dev.headway.bench.load.Generator;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.output.Run;
import dev.headway.bench.workload.BenchContext;
import dev.headway.bench.workload.Options;
import dev.headway.bench.workload.Report;
import dev.headway.bench.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs workloads on servers in turn, A B A B, so that a noisy machine harms all alike. The servers
 * are started once and live through all rounds. Used by one thread.
 */
final class Rounds implements AutoCloseable {
  /* So many that whatever compiles itself has compiled what it publishes with. */
  private static final int PRIMING = 10_000;

  private final List<Contender> contenders;
  private final Path folder;
  private final Options options;
  private final Progress progress;
  private final Generator generator = new Generator();
  private final List<Running> running = new ArrayList<>();
  private int folders;
  private int primed;

  Rounds(List<Contender> contenders, Path folder, Options options, Progress progress) {
    this.contenders = List.copyOf(contenders);
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /** Runs one workload so many times on every server that it can be run on; Headway comes first. */
  List<Run> run(Workload workload, int rounds) {
    var runs = new ArrayList<Run>();
    var taking = workload.comparable() ? contenders.size() : 1;
    start(taking);
    if (workload.warm()) {
      prime(taking);
    }
    for (var round = 1; round <= rounds; round++) {
      for (var at = 0; at < taking; at++) {
        var server = running.get(at);
        progress.begin(
            "%s, %s, round %d of %d".formatted(workload.name(), server.name(), round, rounds));
        var report = run(workload, context(server, another(contenders.get(at))));
        runs.add(new Run(workload.name(), server.name(), round, report));
      }
    }
    return runs;
  }

  private static Report run(Workload workload, BenchContext context) {
    try {
      return workload.run(context);
    } catch (LoadException failed) {
      var server = context.running();
      throw new LoadException(
          "%s on %s: %s\nThe server's last words: %s"
              .formatted(
                  workload.name(), server.name(), failed.getMessage(), server.process().tail()),
          failed);
    }
  }

  private void start(int count) {
    while (running.size() < count) {
      var contender = contenders.get(running.size());
      progress.begin("starting " + contender.name());
      running.add(another(contender).apply(Map.of()));
    }
  }

  /** Publishes to each server for nobody, so that all are measured as they run and not start. */
  private void prime(int count) {
    for (; primed < count; primed++) {
      var server = running.get(primed);
      progress.begin("warming up " + server.name());
      try (var nobody = generator.gather(server.flows(1), 0, 0, _ -> {})) {
        nobody.publish(PRIMING);
        nobody.awaitPublished();
      }
    }
  }

  private Function<Map<String, String>, Running> another(Contender contender) {
    return settings -> {
      folders++;
      return contender.start(folder.resolve(contender.name() + "-" + folders), settings);
    };
  }

  private BenchContext context(Running server, Function<Map<String, String>, Running> another) {
    return new BenchContext(server, another, generator, options, progress::say);
  }

  @Override
  public void close() {
    running.forEach(Running::close);
    generator.close();
  }
}
