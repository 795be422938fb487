package dev.headway.server;

import dev.headway.server.routes.HealthRoutes.DutyAge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic duties of a server, on a few threads of their own, so that a slow duty does not
 * delay the others for long. Whatever a duty throws, an {@link Error} too, costs one round, is
 * logged and counted ({@code headway.duties.failed}), and never ends the duty. Planned and closed
 * by one thread; the rest is safe for use by any thread.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int THREADS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().name("headway-housekeeping-", 0).daemon().factory());
  private final List<Duty> duties = new ArrayList<>();
  private final LongSupplier ticker;
  private final MeterRegistry meters;

  /**
   * @param ticker milliseconds of a clock that never goes back
   * @param meters shows the age of each duty, and counts failed rounds
   */
  Housekeeping(LongSupplier ticker, MeterRegistry meters) {
    this.ticker = ticker;
    this.meters = meters;
  }

  /** Plans a duty, to be done with a pause between its rounds. */
  void every(Duration pause, String name, Runnable work) {
    var failures = Counter.builder("headway.duties.failed").tag("duty", name).register(meters);
    var duty = new Duty(name, pause, work, failures);
    duties.add(duty);
    Gauge.builder("headway.duty.age", duty, Duty::ageSeconds)
        .baseUnit("seconds")
        .tag("duty", name)
        .register(meters);
  }

  /** Starts the duties that were planned. */
  void start() {
    for (var duty : duties) {
      var pause = duty.pause.toMillis();
      duty.doneAt = ticker.getAsLong();
      ScheduledFuture<?> _ =
          executor.scheduleWithFixedDelay(duty, pause, pause, TimeUnit.MILLISECONDS);
    }
  }

  /** The duties by name, each with the age of its last round that succeeded. */
  Map<String, DutyAge> ages() {
    var ages = new LinkedHashMap<String, DutyAge>();
    duties.forEach(duty -> ages.put(duty.name, duty.age()));
    return ages;
  }

  /** Stops; a duty that is being done is finished first. */
  void close() {
    executor.close();
  }

  private final class Duty implements Runnable {
    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final Counter failures;
    private volatile long doneAt;
    private boolean failing;

    Duty(String name, Duration pause, Runnable work, Counter failures) {
      this.name = name;
      this.pause = pause;
      this.work = work;
      this.failures = failures;
    }

    /* A scheduled task that throws is never run again. */
    @Override
    public void run() {
      try {
        work.run();
        doneAt = ticker.getAsLong();
        failing = false;
      } catch (Throwable failure) {
        failures.increment();
        report(failure);
      }
    }

    /* The first of several failures in a row stands for all: some duties are done 20 times a second. */
    private void report(Throwable failure) {
      if (failing) {
        return;
      }
      failing = true;
      try {
        LOG.warn("The duty {} failed; it will be done again", name, failure);
      } catch (Throwable _) {
        // the log has no memory left either; the counter has the failure
      }
    }

    private double ageSeconds() {
      return (ticker.getAsLong() - doneAt) / 1_000.0;
    }

    private DutyAge age() {
      var age = Duration.ofMillis(ticker.getAsLong() - doneAt);
      return new DutyAge(age, age.compareTo(pause.plus(PATIENCE)) > 0);
    }
  }
}
