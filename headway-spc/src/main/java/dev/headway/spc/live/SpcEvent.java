package dev.headway.spc.live;

import dev.headway.core.topic.EventBody;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An event of a characteristic. None is ever passed over: each sample counts for whoever draws the
 * chart.
 */
public sealed interface SpcEvent extends EventBody {
  /** The newest numbers after the event. */
  Seen seen();

  @Override
  default String type() {
    return switch (this) {
      case Sampled _ -> "sample";
      case ViolationBegan _, ViolationWithdrawn _ -> "violation";
      case Acknowledged _ -> "acknowledged";
      case LimitsChanged _ -> "limits";
      case RulesChanged _ -> "rules";
      case Redefined _ -> "specification";
      case ExclusionChanged _ -> "excluded";
      case SampleCorrected _, SampleDeleted _ -> "correction";
      case JudgedAnew _ -> "stage";
    };
  }

  @Override
  default @Nullable String conflationKey() {
    return null;
  }

  @Override
  default boolean ended() {
    return false;
  }

  /** A sample was taken in. */
  record Sampled(JudgedSample judged, Seen seen) implements SpcEvent {}

  /**
   * A violation began, or was found in history; follows the sample at which its rule first held.
   */
  record ViolationBegan(Violation violation, Seen seen) implements SpcEvent {}

  /** A violation was withdrawn, since its samples were judged anew. */
  record ViolationWithdrawn(Violation violation, Seen seen) implements SpcEvent {}

  /** A violation was acknowledged. */
  record Acknowledged(Violation violation, Seen seen) implements SpcEvent {}

  /**
   * The limits in force were changed.
   *
   * @param setup the characteristic as it is now
   * @param size the sample size to show the limits for
   */
  record LimitsChanged(ChartSetup setup, double size, Seen seen) implements SpcEvent {}

  /** The rules in force were changed. */
  record RulesChanged(ChartSetup setup, Seen seen) implements SpcEvent {}

  /** A characteristic was defined anew: its name, description or specification. */
  record Redefined(ChartSetup setup, Seen seen) implements SpcEvent {}

  /** A sample was taken out of limits and rules, or in again. */
  record ExclusionChanged(JudgedSample judged, Seen seen) implements SpcEvent {}

  /** A sample was corrected. */
  record SampleCorrected(JudgedSample judged, Seen seen) implements SpcEvent {}

  /** A sample was deleted. */
  record SampleDeleted(long characteristicId, long sampleId, Seen seen) implements SpcEvent {}

  /**
   * History was judged anew: zones and verdicts of earlier samples may be others now.
   *
   * @param characteristicId whose
   * @param judged how many samples were judged
   * @param begun how many violations were found
   * @param withdrawn how many violations were withdrawn
   */
  record JudgedAnew(long characteristicId, int judged, int begun, int withdrawn, Seen seen)
      implements SpcEvent {}
}
