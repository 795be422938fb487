package dev.headway.spc.live;

import dev.headway.core.topic.EventBody;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a characteristic. None is ever passed over: each sample counts for whoever draws
 * the chart.
 */
public sealed interface SpcEvent extends EventBody {
  /** The characteristic's newest sample at that moment; 0 while there is none. */
  long newestSampleId();

  @Override
  default @Nullable String conflationKey() {
    return null;
  }

  @Override
  default boolean ended() {
    return false;
  }

  /** A sample was taken in. */
  record Sampled(JudgedSample judged) implements SpcEvent {
    @Override
    public String type() {
      return "sample";
    }

    @Override
    public long newestSampleId() {
      return judged.sample().id();
    }
  }

  /** A violation began; follows the sample at which it did. */
  record Signalled(Violation violation) implements SpcEvent {
    @Override
    public String type() {
      return "violation";
    }

    @Override
    public long newestSampleId() {
      return violation.sampleId();
    }
  }

  /** Somebody answered a violation. */
  record Acknowledged(Violation violation, long newestSampleId) implements SpcEvent {
    @Override
    public String type() {
      return "acknowledged";
    }
  }

  /**
   * There are other limits.
   *
   * @param size the sample size to show them for
   */
  record LimitsChanged(
      long characteristicId, @Nullable ControlLimits limits, double size, long newestSampleId)
      implements SpcEvent {
    @Override
    public String type() {
      return "limits";
    }
  }

  /** A sample was taken out of limits and rules, or in again. */
  record ExclusionChanged(JudgedSample judged, long newestSampleId) implements SpcEvent {
    @Override
    public String type() {
      return "excluded";
    }
  }
}
