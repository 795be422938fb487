package dev.headway.spc.live;

import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.SampleBatch.GrownViolation;
import dev.headway.spc.store.SampleBatch.NewViolation;
import dev.headway.spc.store.SampleBatch.PatternKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that stands, or stood last, on a chart, and the violation that it is stored as. What it
 * gains waits to be stored. Not thread-safe.
 */
final class StandingPattern {
  private final Signal first;
  private final List<Long> gained = new ArrayList<>();
  private @Nullable Long violationId;
  private @Nullable Sample firstHeld;
  private long lastHeld;

  /** A pattern as a signal began it. */
  StandingPattern(Signal first) {
    this.first = first;
  }

  static PatternKey form(Signal signal) {
    return new PatternKey(signal.statistic(), signal.rule(), signal.side());
  }

  /**
   * Takes in that the rule holds at a sample.
   *
   * @return whether no violation stood for the pattern before
   */
  boolean hold(Signal signal, Sample sample) {
    gained.addAll(signal.sampleIds());
    lastHeld = sample.id();
    if (violationId != null || firstHeld != null) {
      return false;
    }
    firstHeld = sample;
    return true;
  }

  /** Takes in that the rule held at a sample of the past, for which violations were stored. */
  void recall(Signal signal, Sample sample) {
    gained.addAll(signal.sampleIds());
    lastHeld = sample.id();
  }

  /** Binds it to the stored violation, if that held last where this pattern did. */
  void bind(Violation newest) {
    if (newest.lastSampleId() == lastHeld) {
      violationId = newest.id();
      gained.clear();
    }
  }

  /** What is to be stored of a pattern that no violation stands for yet; null for others. */
  @Nullable NewViolation begun() {
    var at = firstHeld;
    return violationId != null || at == null
        ? null
        : new NewViolation(
            at.characteristicId(),
            form(first),
            first.severity(),
            at.id(),
            lastHeld,
            List.copyOf(gained),
            at.timestamp());
  }

  /** What is to be stored of a pattern that a violation stands for; null for others. */
  @Nullable GrownViolation grown() {
    return violationId == null || gained.isEmpty()
        ? null
        : new GrownViolation(violationId, lastHeld, List.copyOf(gained));
  }

  /** Everything has been stored, under this violation. */
  void stored(long id) {
    violationId = id;
    gained.clear();
  }

  /** How many samples wait to be stored with it. */
  int waiting() {
    return gained.size();
  }

  /** The violation that stands for it. */
  long violationId() {
    if (violationId == null) {
      throw new IllegalStateException("The pattern has not been stored");
    }
    return violationId;
  }
}
