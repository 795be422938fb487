package dev.headway.spc.chart;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The basis of a stage's limits: the samples that they are estimated from, or a known process. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Baseline.Period.class, name = "period"),
  @JsonSubTypes.Type(value = Baseline.First.class, name = "first"),
  @JsonSubTypes.Type(value = Baseline.Last.class, name = "last"),
  @JsonSubTypes.Type(value = Baseline.Chosen.class, name = "chosen"),
  @JsonSubTypes.Type(value = Baseline.Known.class, name = "known")
})
public sealed interface Baseline {
  /** The samples that are left out, each for a stated reason. */
  List<LeftOut> leftOut();

  /**
   * A sample of the baseline that limits are not estimated from.
   *
   * @param sampleId the sample
   * @param reason why
   */
  record LeftOut(long sampleId, String reason) {}

  /**
   * The samples of a period.
   *
   * @param from taken at this time or later; null for no such bound
   * @param to taken at this time or earlier; null for no such bound
   * @param leftOut left out of them
   */
  record Period(@Nullable Instant from, @Nullable Instant to, List<LeftOut> leftOut)
      implements Baseline {
    /** Takes a copy. */
    public Period {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * The first samples of the stage.
   *
   * @param samples how many
   * @param leftOut left out of them
   */
  record First(int samples, List<LeftOut> leftOut) implements Baseline {
    /** Takes a copy. */
    public First {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * The last samples of the stage when its limits were estimated.
   *
   * @param samples how many at most
   * @param leftOut left out of them
   */
  record Last(int samples, List<LeftOut> leftOut) implements Baseline {
    /** Takes a copy. */
    public Last {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Samples that a person chose.
   *
   * @param sampleIds the samples
   * @param leftOut left out of them
   */
  record Chosen(List<Long> sampleIds, List<LeftOut> leftOut) implements Baseline {
    /** Takes copies. */
    public Chosen {
      sampleIds = List.copyOf(sampleIds);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * A process that is known, for example from an earlier study.
   *
   * @param mean the process mean
   * @param sigma the standard deviation of one measurement; null for attributes, whose mean tells
   *     it
   */
  record Known(double mean, @Nullable Double sigma) implements Baseline {
    @Override
    public List<LeftOut> leftOut() {
      return List.of();
    }
  }

  /** The same baseline with other samples left out. */
  default Baseline leaving(List<LeftOut> others) {
    return switch (this) {
      case Period(var from, var to, _) -> new Period(from, to, others);
      case First(var samples, _) -> new First(samples, others);
      case Last(var samples, _) -> new Last(samples, others);
      case Chosen(var ids, _) -> new Chosen(ids, others);
      case Known known -> known;
    };
  }
}
