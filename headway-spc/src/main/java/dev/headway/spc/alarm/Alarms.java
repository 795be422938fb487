package dev.headway.spc.alarm;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.mail.Mailer;
import dev.headway.spc.alarm.AlarmMessage.Alarm;
import dev.headway.spc.model.AlarmReceiver;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AlarmStore;
import dev.headway.spc.store.AlarmStore.DueDelivery;
import dev.headway.spc.store.SpcStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of alarms: a violation that begins is told to each receiver that wants it, at once or
 * after minutes without an answer, and told again while nobody answers. What is to be told is
 * stored, tried with growing pauses until the receiver takes it, and given up after {@value
 * #MOST_ATTEMPTS} attempts. Violations that are due together are one message. Of several nodes on
 * one database one makes each attempt. Safe for use by any thread.
 */
public final class Alarms {
  static final int MOST_ATTEMPTS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  /* Longer than an attempt: a node that dies during one leaves it to the others. */
  private static final Duration CLAIM = Duration.ofSeconds(60);
  private static final int AT_ONCE = 500;

  private final SpcStore store;
  private final AlarmStore alarms;
  private final LongFunction<String> names;
  private final AlarmSettings settings;
  private final AlarmSender sender;
  private final InstantSource clock;
  private final Executor workers;

  /**
   * @param store has violations and receivers
   * @param names the name of a characteristic by its number
   * @param settings how alarms are delivered
   * @param mailer sends those that are e-mails; null when none are sent
   * @param clock stamps them
   * @param workers send them, a virtual thread each
   */
  public Alarms(
      SpcStore store,
      LongFunction<String> names,
      AlarmSettings settings,
      @Nullable Mailer mailer,
      InstantSource clock,
      Executor workers) {
    this.store = store;
    this.alarms = store.alarms();
    this.names = names;
    this.settings = settings;
    this.sender = new AlarmSender(settings, mailer, clock);
    this.clock = clock;
    this.workers = workers;
  }

  /** Finds the receivers of new violations, and sends what is due. Called every second. */
  public void tick() {
    var now = now();
    alarms.raise(now);
    alarms.remind(now);
    var due = alarms.claim(now, now.plus(CLAIM), AT_ONCE);
    var byReceiver =
        due.stream()
            .collect(
                Collectors.groupingBy(
                    DueDelivery::receiverId, LinkedHashMap::new, Collectors.toList()));
    byReceiver.forEach((receiver, own) -> workers.execute(() -> deliver(receiver, own)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void deliver(long receiverId, List<DueDelivery> due) {
    try {
      var receiver = alarms.find(receiverId);
      var open = open(due);
      var answered = due.stream().filter(one -> !open.containsKey(one)).toList();
      alarms.drop(answered);
      if (receiver.isPresent() && !open.isEmpty()) {
        deliver(receiver.get(), List.copyOf(open.keySet()), List.copyOf(open.values()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.warn("Alarms of receiver {} could not be delivered; tried again", receiverId, failed);
    }
  }

  /** The violations of deliveries that nobody has answered. */
  private Map<DueDelivery, Violation> open(List<DueDelivery> due) {
    var ids = due.stream().map(DueDelivery::violationId).toList();
    var byId =
        store.violations().find(ids).stream()
            .filter(violation -> !violation.acknowledged())
            .collect(Collectors.toMap(Violation::id, violation -> violation));
    var open = new LinkedHashMap<DueDelivery, Violation>();
    for (var one : due) {
      var violation = byId.get(one.violationId());
      if (violation != null) {
        open.put(one, violation);
      }
    }
    return open;
  }

  private void deliver(AlarmReceiver receiver, List<DueDelivery> due, List<Violation> violations)
      throws InterruptedException {
    var reminder = due.stream().allMatch(one -> one.number() > 0);
    var failure = sender.send(receiver, new AlarmMessage(alarms(violations), reminder));
    if (failure.isEmpty()) {
      alarms.delivered(due, now());
      return;
    }
    LOG.warn("Alarm not taken by {}: {}", receiver.name(), failure.get());
    for (var one : due) {
      var next = one.attempts() >= MOST_ATTEMPTS ? null : now().plus(pause(one.attempts()));
      alarms.failed(one, failure.get(), next);
    }
  }

  private List<Alarm> alarms(List<Violation> violations) {
    var told = new ArrayList<Alarm>(violations.size());
    for (var violation : violations) {
      var name = names.apply(violation.characteristicId());
      told.add(Alarm.of(violation, name, settings.url()));
    }
    return told;
  }

  private static Duration pause(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 12));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /**
   * Checks a receiver.
   *
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with it
   */
  public AlarmReceiver checked(AlarmReceiver receiver) {
    var defects = new ArrayList<Defect>();
    sender.defect(receiver).ifPresent(defects::add);
    var secret = receiver.secret();
    if (secret != null && secret.length() < 16) {
      defects.add(Defect.ofField("secret", "must have at least 16 characters"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return receiver;
  }

  /**
   * Sends a receiver a message that is no alarm.
   *
   * @return the reason why the receiver did not take it; empty when it did
   */
  public Optional<String> test(AlarmReceiver receiver) {
    var trial =
        new Alarm(
            0, 0, "Test of " + receiver.name(), 1, "A test, no alarm", "INFO", "", 0, now(), null);
    try {
      return sender.send(receiver, new AlarmMessage(List.of(trial), false));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
