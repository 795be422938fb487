package dev.headway.spc.rules;

import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Side;
import java.util.List;

/**
 * A rule holds at a point.
 *
 * @param statistic the chart that the point is on
 * @param rule the rule
 * @param severity as set
 * @param side the pattern's direction
 * @param begins whether the pattern is a new one; otherwise it went on from earlier points
 * @param sampleIds the samples that the pattern gained: all of its own when it begins, else the
 *     point's alone; ascending in time
 */
public record Signal(
    PlottedStatistic statistic,
    RuleId rule,
    Severity severity,
    Side side,
    boolean begins,
    List<Long> sampleIds) {}
