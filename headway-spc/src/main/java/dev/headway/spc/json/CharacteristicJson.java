package dev.headway.spc.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.spc.chart.ChartSetup;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic.
 *
 * @param id its number
 * @param name its unique name
 * @param description what is measured, and where
 * @param chartType the kind of chart
 * @param subgroupSize measurements per sample
 * @param varyingSize whether smaller subgroups are accepted, too
 * @param targetValue the value aimed at
 * @param usl the upper specification limit
 * @param lsl the lower specification limit
 * @param limits its control limits; left out of lists
 */
public record CharacteristicJson(
    long id,
    String name,
    String description,
    String chartType,
    int subgroupSize,
    boolean varyingSize,
    @Nullable Double targetValue,
    @Nullable Double usl,
    @Nullable Double lsl,
    @JsonInclude(Include.NON_NULL) @Nullable LimitsJson limits) {
  /** A characteristic without its limits. */
  public static CharacteristicJson of(ChartSetup setup) {
    return of(setup, null);
  }

  /** A characteristic with its limits. */
  public static CharacteristicJson of(ChartSetup setup, @Nullable LimitsJson limits) {
    var definition = setup.definition();
    var specification = definition.specification();
    return new CharacteristicJson(
        setup.id(),
        definition.name(),
        definition.description(),
        definition.kind().wireName(),
        definition.subgroupSize(),
        definition.varyingSize(),
        specification.target(),
        specification.usl(),
        specification.lsl(),
        limits);
  }

  /** The same with a description of at most {@code length} characters. */
  public CharacteristicJson shortened(int length) {
    return description.length() <= length
        ? this
        : new CharacteristicJson(
            id,
            name,
            description.substring(0, length) + "…",
            chartType,
            subgroupSize,
            varyingSize,
            targetValue,
            usl,
            lsl,
            limits);
  }
}
