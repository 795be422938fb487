package dev.headway.fpl.plan.model;

import dev.headway.fpl.rules.Chip;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a plan, from which everything else follows.
 *
 * @param squads ids of the squad of each week (what a free hit gives back, not its own)
 * @param chips the chip of each week, null for none
 */
public record Schedule(List<Set<Integer>> squads, List<@Nullable Chip> chips) {}
