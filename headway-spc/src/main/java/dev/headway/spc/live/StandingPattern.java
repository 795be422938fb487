package dev.headway.spc.live;

import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.rules.Signal;
import dev.headway.spc.store.ChartWrite.GrownViolation;
import dev.headway.spc.store.ChartWrite.NewViolation;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that stands, or stood last, on a live chart, and the violation that it is stored as.
 * Not thread-safe.
 */
final class StandingPattern {
  private final Signal begun;
  private final Position first;
  private @Nullable Long violationId;
  private @Nullable Sample firstHeld;
  private Position last;
  private int waiting;

  /**
   * A pattern as a signal began it.
   *
   * @param first its first sample
   */
  StandingPattern(Signal begun, Position first) {
    this.begun = begun;
    this.first = first;
    this.last = first;
  }

  static PatternKey key(Signal signal) {
    return new PatternKey(signal.statistic(), signal.rule(), signal.side());
  }

  /**
   * Takes in that the rule holds at a sample.
   *
   * @return whether no violation stood for the pattern before
   */
  boolean hold(Signal signal, Sample sample) {
    waiting += signal.sampleIds().size();
    last = sample.position();
    if (violationId != null || firstHeld != null) {
      return false;
    }
    firstHeld = sample;
    return true;
  }

  /** Takes in that the rule held at a sample of the past, for which violations were stored. */
  void recall(Position position) {
    last = position;
  }

  /** Whether a stored violation held last where this pattern did. */
  boolean endsAs(Violation stored) {
    return stored.extent().last().equals(last);
  }

  /** Binds it to the stored violation that stands for it. */
  void bind(Violation stored) {
    violationId = stored.id();
  }

  /** The new violation that is to be stored for it; null when one stands for it already. */
  @Nullable NewViolation newViolation() {
    var held = firstHeld;
    return violationId != null || held == null
        ? null
        : new NewViolation(
            held.characteristicId(),
            key(begun),
            begun.severity(),
            new Violation.Extent(first, held.position(), last, waiting),
            false);
  }

  /** The new violation of a pattern that no violation stands for. */
  NewViolation requiredNewViolation() {
    var fresh = newViolation();
    if (fresh == null) {
      throw new IllegalStateException("A violation stands for the pattern already");
    }
    return fresh;
  }

  /** The growth of the violation that stands for it; null when there is none. */
  @Nullable GrownViolation growth() {
    return violationId == null || waiting == 0
        ? null
        : new GrownViolation(violationId, last, waiting);
  }

  /** Notes that everything has been stored, under this violation. */
  void stored(long id) {
    violationId = id;
    waiting = 0;
  }

  /** The stored violation as it was when the rule first held. */
  Violation beginning(Sample sample, int count) {
    var extent = new Violation.Extent(first, sample.position(), sample.position(), count);
    return new Violation(
        violationId(),
        sample.characteristicId(),
        key(begun),
        begun.severity(),
        extent,
        false,
        null,
        null);
  }

  /** Whether it is stored as this violation. */
  boolean is(long violation) {
    return violationId != null && violationId == violation;
  }

  /** The violation that stands for it. */
  long violationId() {
    if (violationId == null) {
      throw new IllegalStateException("The pattern has not been stored");
    }
    return violationId;
  }
}
