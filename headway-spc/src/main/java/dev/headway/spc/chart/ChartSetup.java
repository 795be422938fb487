package dev.headway.spc.chart;

import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.model.Characteristic;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic with its stages.
 *
 * @param characteristic what is measured
 * @param stages at least one, in the order of time
 */
public record ChartSetup(Characteristic characteristic, List<Stage> stages) {
  /** Takes a copy in the order of time; there must be a stage. */
  public ChartSetup {
    stages = stages.stream().sorted(Comparator.comparing(Stage::from)).toList();
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("A characteristic has at least one stage");
    }
  }

  /** The characteristic's number. */
  public long id() {
    return characteristic.id();
  }

  /** The definition of the characteristic. */
  public Definition definition() {
    return characteristic.definition();
  }

  /** The kind of chart. */
  public ChartKind kind() {
    return definition().kind();
  }

  /** The stage that new samples lie in: the last one. */
  public Stage current() {
    return stages.getLast();
  }

  /** The limits of the last stage. */
  public @Nullable ControlLimits limits() {
    return current().limits();
  }

  /** The rules of the last stage. */
  public ChartRules rules() {
    return current().rules();
  }

  /** The stage that a sample of a time lies in. */
  public Stage stageAt(Instant time) {
    return stages.reversed().stream()
        .filter(stage -> !stage.from().isAfter(time))
        .findFirst()
        .orElse(stages.getFirst());
  }

  /** The stage of a number. */
  public Optional<Stage> stage(long id) {
    return stages.stream().filter(stage -> stage.id() == id).findFirst();
  }

  /** The time at which a stage ends; null for the last one. */
  public @Nullable Instant end(Stage stage) {
    return stages.stream()
        .map(Stage::from)
        .filter(from -> from.isAfter(stage.from()))
        .findFirst()
        .orElse(null);
  }

  /** The same characteristic with a stage added, or put in the place of the one of its number. */
  public ChartSetup with(Stage changed) {
    var others = new ArrayList<>(stages);
    others.removeIf(stage -> stage.id() == changed.id());
    others.add(changed);
    return new ChartSetup(characteristic, others);
  }

  /** The same characteristic without a stage, whose samples go to the one before it. */
  public ChartSetup without(Stage removed) {
    return new ChartSetup(
        characteristic, stages.stream().filter(stage -> stage.id() != removed.id()).toList());
  }

  /**
   * The same characteristic defined anew. Limits and rules belong to a kind of chart and a subgroup
   * size: when these change, there are no limits and the rules are the default ones.
   */
  public ChartSetup with(Definition definition) {
    var renamed = new Characteristic(id(), definition);
    var sameChart =
        definition.kind() == kind() && definition.subgroupSize() == definition().subgroupSize();
    return new ChartSetup(
        renamed,
        sameChart
            ? stages
            : stages.stream()
                .map(stage -> stage.unlimited().with(ChartRules.defaultFor(definition.kind())))
                .toList());
  }
}
