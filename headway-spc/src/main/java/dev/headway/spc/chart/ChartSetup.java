package dev.headway.spc.chart;

import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.model.Characteristic;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a characteristic's chart is made from.
 *
 * @param characteristic what is measured
 * @param limits the limits in force, or null while there are none
 * @param rules the rules in force
 */
public record ChartSetup(
    Characteristic characteristic, @Nullable ControlLimits limits, ChartRules rules) {

  /** The characteristic's number. */
  public long id() {
    return characteristic.id();
  }

  /** What the characteristic is. */
  public Definition definition() {
    return characteristic.definition();
  }

  /** The kind of chart. */
  public ChartKind kind() {
    return definition().kind();
  }

  /** A chart that has seen no sample. */
  public ControlChart chart() {
    return new ControlChart(kind(), limits, rules);
  }

  /** The same with other limits. */
  public ChartSetup with(@Nullable ControlLimits newLimits) {
    return new ChartSetup(characteristic, newLimits, rules);
  }

  /** The same with other rules. */
  public ChartSetup with(ChartRules newRules) {
    return new ChartSetup(characteristic, limits, newRules);
  }

  /**
   * The same characteristic defined anew. Limits and rules belong to a kind of chart and a subgroup
   * size: when these change, there are no limits and the rules are the default ones.
   */
  public ChartSetup with(Definition definition) {
    var renamed = new Characteristic(id(), definition);
    var sameChart =
        definition.kind() == kind() && definition.subgroupSize() == definition().subgroupSize();
    return sameChart
        ? new ChartSetup(renamed, limits, rules)
        : new ChartSetup(renamed, null, ChartRules.defaultFor(definition.kind()));
  }
}
