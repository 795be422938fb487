package dev.headway.spc.live;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A change of a chart that has been judged and is not stored.
 *
 * @param setup the characteristic and its stages as they would be
 * @param samples what would become of samples
 * @param violations what would become of violations
 * @param judged how many samples were judged anew for it
 */
public record PreviewedChange(
    ChartSetup setup, SampleChanges samples, ViolationChanges violations, int judged) {
  /** The violations that would be found; having no numbers yet, they are called -1, -2, … */
  public List<Violation> found() {
    var begun = violations.begun();
    return IntStream.range(0, begun.size())
        .mapToObj(at -> begun.get(at).numbered(-1L - at))
        .toList();
  }

  /** Samples of the series as they would be, in order. */
  List<Sample> applied(List<Sample> stored) {
    var replaced =
        samples.replaced().stream().collect(Collectors.toMap(Sample::id, sample -> sample));
    return stored.stream()
        .filter(sample -> !samples.deleted().contains(sample.id()))
        .map(sample -> replaced.getOrDefault(sample.id(), sample))
        .sorted(Comparator.comparing(Sample::position))
        .toList();
  }

  /** The violations from one place to another that would be in force. */
  List<Violation> inForce(List<Violation> stored, Position first, Position last) {
    var changed = new HashMap<Long, Violation>();
    violations.changed().forEach(violation -> changed.put(violation.id(), violation));
    var gone = new HashSet<>(changed.keySet());
    violations.withdrawn().forEach(violation -> gone.add(violation.id()));
    return Stream.of(
            stored.stream().filter(violation -> !gone.contains(violation.id())),
            changed.values().stream(),
            found().stream())
        .flatMap(part -> part)
        .filter(violation -> !violation.extent().last().isBefore(first))
        .filter(violation -> !violation.extent().first().isAfter(last))
        .toList();
  }
}
