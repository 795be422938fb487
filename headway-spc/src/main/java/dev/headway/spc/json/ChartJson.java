package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.model.Annotation;
import dev.headway.spc.model.Specification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data that a chart is drawn from.
 *
 * @param characteristicId whose chart
 * @param chartType the kind of chart
 * @param points the samples, the oldest first
 * @param limits the limits in force
 * @param zoneBoundaries the lines of the zones; empty while no point can be judged
 * @param specification the specification limits
 * @param stages the stages, in the order of time
 * @param annotations what people have said about the samples
 */
public record ChartJson(
    long characteristicId,
    String chartType,
    List<SampleJson> points,
    LimitsJson limits,
    @JsonInclude(Include.ALWAYS) Boundaries zoneBoundaries,
    SpecificationJson specification,
    List<StageJson> stages,
    List<AnnotationJson> annotations) {
  /**
   * The lines one, two and three sigma from the centre; all null while no point can be judged.
   *
   * @param upper3 three sigma above
   * @param upper2 two sigma above
   * @param upper1 one sigma above
   * @param centerLine the centre line
   * @param lower1 one sigma below
   * @param lower2 two sigma below
   * @param lower3 three sigma below
   */
  @JsonInclude(Include.NON_NULL)
  public record Boundaries(
      @JsonProperty("plus_3_sigma") @Nullable Double upper3,
      @JsonProperty("plus_2_sigma") @Nullable Double upper2,
      @JsonProperty("plus_1_sigma") @Nullable Double upper1,
      @Nullable Double centerLine,
      @JsonProperty("minus_1_sigma") @Nullable Double lower1,
      @JsonProperty("minus_2_sigma") @Nullable Double lower2,
      @JsonProperty("minus_3_sigma") @Nullable Double lower3) {
    private static final Boundaries NONE = new Boundaries(null, null, null, null, null, null, null);

    private static Boundaries of(@Nullable Lines lines) {
      return lines == null || lines.degenerate()
          ? NONE
          : new Boundaries(
              lines.at(3),
              lines.at(2),
              lines.at(1),
              lines.center(),
              lines.at(-1),
              lines.at(-2),
              lines.at(-3));
    }
  }

  /**
   * The specification of a characteristic.
   *
   * @param targetValue the value aimed at
   * @param usl the upper specification limit
   * @param lsl the lower specification limit
   */
  public record SpecificationJson(
      @Nullable Double targetValue, @Nullable Double usl, @Nullable Double lsl) {
    private static SpecificationJson of(Specification specification) {
      return new SpecificationJson(
          specification.target(), specification.usl(), specification.lsl());
    }
  }

  /** The chart of a characteristic with some of its samples. */
  public static ChartJson of(
      CharacteristicState state, List<JudgedSample> points, List<Annotation> annotations) {
    var setup = state.setup();
    var limits = setup.limits();
    return new ChartJson(
        setup.id(),
        setup.kind().wireName(),
        points.stream().map(SampleJson::point).toList(),
        LimitsJson.of(state),
        Boundaries.of(limits == null ? null : limits.lines(state.shownSize())),
        SpecificationJson.of(setup.definition().specification()),
        StageJson.list(state),
        annotations.stream().map(AnnotationJson::of).toList());
  }
}
