package dev.headway.spc.live;

import dev.headway.core.topic.TopicState;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a characteristic's chart. Immutable.
 *
 * @param setup the characteristic with its stages
 * @param latest the last samples, at most {@link #LATEST}, the oldest first
 * @param open the violations that nobody has answered, the newest {@link #OPEN}, ascending
 * @param openCount how many violations nobody has answered
 * @param seen the newest numbers
 */
public record CharacteristicState(
    ChartSetup setup, List<JudgedSample> latest, List<Violation> open, long openCount, Seen seen)
    implements TopicState {
  /** How many samples are kept at hand. */
  public static final int LATEST = 50;

  /** How many open violations are kept at hand; the store has all. */
  public static final int OPEN = 100;

  /** Takes copies. */
  public CharacteristicState {
    latest = List.copyOf(latest);
    open = List.copyOf(open);
  }

  @Override
  public boolean ended() {
    return false;
  }

  /** The newest sample, or null while there is none. */
  public @Nullable JudgedSample newest() {
    return latest.isEmpty() ? null : latest.getLast();
  }

  /**
   * The sample size that limits are shown for: that of the newest sample of attributes, whose
   * limits depend on how much was inspected, and the subgroup size otherwise.
   */
  public double shownSize() {
    var newest = newest();
    return setup.kind().countsAttributes() && newest != null
        ? newest.sample().observation().size()
        : setup.definition().subgroupSize();
  }

  CharacteristicState with(JudgedSample sample) {
    return new CharacteristicState(
        setup,
        appended(latest, sample, LATEST),
        open,
        openCount,
        seen.withSample(sample.sample().id()));
  }

  CharacteristicState with(Violation violation) {
    return new CharacteristicState(
        setup,
        latest,
        appended(open, violation, OPEN),
        openCount + 1,
        seen.withViolation(violation.id()));
  }

  private static <T> List<T> appended(List<T> list, T element, int capacity) {
    var longer = new ArrayList<T>(capacity + 1);
    longer.addAll(list.size() < capacity ? list : list.subList(1, list.size()));
    longer.add(element);
    return longer;
  }

  /** The state after a violation went on. */
  CharacteristicState grown(long violationId, Position last, int gained) {
    return new CharacteristicState(
        setup,
        latest,
        open.stream()
            .map(violation ->
                violation.id() == violationId
                    ? violation.with(violation.extent().grown(last, gained))
                    : violation)
            .toList(),
        openCount,
        seen);
  }

  CharacteristicState without(long violationId) {
    return new CharacteristicState(
        setup,
        latest,
        open.stream().filter(violation -> violation.id() != violationId).toList(),
        openCount - 1,
        seen);
  }

  CharacteristicState with(Seen newest) {
    return new CharacteristicState(setup, latest, open, openCount, newest);
  }
}
