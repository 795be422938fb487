package dev.headway.spc.model;

/**
 * The kind of a pattern: on one chart, one rule finds at most one pattern of a side at a time.
 *
 * @param statistic the chart that it is on
 * @param rule the rule that found it
 * @param side its direction
 */
public record PatternKey(PlottedStatistic statistic, RuleId rule, Side side) {}
