package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.Running;
import dev.headway.bench.load.Crowd;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.Generator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The servers, options and output of a workload. Used by one thread.
 *
 * @param running the server under test; it lives through all rounds
 * @param starter starts another server of the same kind with further settings, for workloads that
 *     need a fresh one and close it
 * @param generator makes connections
 * @param options what was asked for
 * @param progress is told what is being done
 */
public record BenchContext(
    Running running,
    Function<Map<String, String>, Running> starter,
    Generator generator,
    Options options,
    Consumer<String> progress) {

  /** The Headway server under test; for workloads that are not {@link Workload#comparable}. */
  public HeadwayRunning headway() {
    return (HeadwayRunning) running;
  }

  /**
   * Connects watchers, so many to each topic; to be closed by the caller.
   *
   * @throws dev.headway.bench.load.LoadException when the server does not let them
   */
  public Crowd gather(List<Flow> flows, int each) {
    var all = flows.size() * each;
    return generator.gather(
        flows,
        each,
        0,
        there -> {
          if (there % 500 == 0 || there == all) {
            say("%,d of %,d watchers".formatted(there, all));
          }
        });
  }

  /** Starts another server of the same kind, to be closed by the caller. */
  public Supplier<Running> another() {
    return () -> starter.apply(Map.of());
  }

  /** Tells whoever waits. */
  public void say(String what) {
    progress.accept(what);
  }

  /** A number as tables show it. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
