package dev.headway.bench.load;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workers that report at equal distances, each over a connection of its own that stays open. A
 * report that goes out late is counted from the moment it was due. Used by one thread.
 */
public final class Reporters implements AutoCloseable {
  private static final long SETTLE_NANOS = 30_000_000_000L;

  private final Generator generator;
  private final Tally tally = new Tally();
  private final List<Reporter> reporters = new ArrayList<>();

  /**
   * Connects one worker for each publication.
   *
   * @param reports what each of them sends, a new number in it every time
   * @throws LoadException when the server does not let them
   */
  public Reporters(Generator generator, InetSocketAddress server, List<Publication> reports) {
    this.generator = generator;
    for (var report : reports) {
      var reporter = new Reporter(report, tally);
      generator.connect(
          server,
          reporter,
          failed ->
              reporter
                  .ready()
                  .completeExceptionally(
                      new LoadException("The server cannot be reached: " + failed.getMessage())));
      reporters.add(Generator.await(reporter.ready()));
    }
  }

  /**
   * Lets each of them report and counts: a delivery is a report that the server has answered.
   *
   * @param every the time between two reports of one worker
   * @throws LoadException when reports were refused or never answered
   */
  public Counted report(Duration every, Crowd.Phases phases) {
    var rota = new Rota(every.toNanos());
    onLoop(() -> rota.start(generator.loop()));
    Crowd.sleep(phases.warm());
    onLoop(tally::begin);
    phases.began().run();
    Crowd.sleep(phases.counted());
    onLoop(tally::end);
    phases.ended().run();
    onLoop(rota::stop);
    awaitAnswers();
    return generator.onLoop(tally::counted);
  }

  private void awaitAnswers() {
    var until = System.nanoTime() + SETTLE_NANOS;
    while (generator.onLoop(() -> reporters.stream().anyMatch(Reporter::waiting))) {
      if (System.nanoTime() > until) {
        throw new LoadException("Reports were not answered within half a minute");
      }
      Crowd.sleep(Duration.ofMillis(5));
    }
    reporters.stream()
        .map(Reporter::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(failure -> {
          throw new LoadException("A report was not taken: " + failure);
        });
  }

  /** The newest number of each worker, in the order of the publications. */
  public List<Long> numbers() {
    return generator.onLoop(() -> reporters.stream().map(Reporter::number).toList());
  }

  /** Whose turn it is: all of them once in every distance. Used on the loop. */
  private final class Rota {
    private final long distance;
    private final long between;
    private long due;
    private int turn;
    private @Nullable Future<?> timer;

    Rota(long distance) {
      this.distance = distance;
      between = distance / reporters.size();
    }

    void start(EventLoop loop) {
      due = System.nanoTime();
      timer = loop.scheduleAtFixedRate(this::reportDue, 0, 500, TimeUnit.MICROSECONDS);
    }

    private void reportDue() {
      var now = System.nanoTime();
      for (; due <= now; due += between) {
        reporters.get(turn).due(due, distance);
        turn = turn + 1 == reporters.size() ? 0 : turn + 1;
      }
    }

    void stop() {
      var running = timer;
      if (running != null) {
        running.cancel(false);
      }
      reporters.forEach(Reporter::stop);
    }
  }

  private void onLoop(Runnable action) {
    generator.onLoop(() -> {
      action.run();
      return true;
    });
  }

  /** Cuts all connections. */
  @Override
  public void close() {
    onLoop(() -> reporters.forEach(Reporter::close));
  }
}
