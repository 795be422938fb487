package dev.headway.spc.store;

import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a change of charts stores in one transaction.
 *
 * @param revisions the revisions that the change was made from, by characteristic; each is counted
 *     on by one
 * @param setup the characteristic and its stages as they are from now on; null when they stay
 * @param samples what becomes of samples
 * @param violations what becomes of violations
 * @param audit entries of the audit trail
 * @param step how far an import has come with it, or null when it is of none
 */
public record ChartWrite(
    Map<Long, Long> revisions,
    @Nullable ChartSetup setup,
    SampleChanges samples,
    ViolationChanges violations,
    List<AuditEntry> audit,
    ImportStore.@Nullable Step step) {
  /** Takes copies. */
  public ChartWrite {
    revisions = Map.copyOf(revisions);
    audit = List.copyOf(audit);
  }

  /**
   * The changes of samples.
   *
   * @param added new ones
   * @param late those of the new ones that were taken before others that are stored, by number
   * @param replaced stored ones that have other contents now
   * @param deleted the numbers of those that are deleted
   * @param keys the keys of new ones, by number
   */
  public record SampleChanges(
      List<Sample> added,
      Set<Long> late,
      List<Sample> replaced,
      List<Long> deleted,
      Map<Long, String> keys) {
    /** No change. */
    public static final SampleChanges NONE =
        new SampleChanges(List.of(), Set.of(), List.of(), List.of(), Map.of());

    /** Takes copies. */
    public SampleChanges {
      added = List.copyOf(added);
      late = Set.copyOf(late);
      replaced = List.copyOf(replaced);
      deleted = List.copyOf(deleted);
      keys = Map.copyOf(keys);
    }

    /** New samples in the order of time. */
    public static SampleChanges adding(List<Sample> samples) {
      return new SampleChanges(samples, Set.of(), List.of(), List.of(), Map.of());
    }

    /** One sample with other contents. */
    public static SampleChanges replacing(Sample sample) {
      return new SampleChanges(List.of(), Set.of(), List.of(sample), List.of(), Map.of());
    }

    /** One sample fewer. */
    public static SampleChanges deleting(long id) {
      return new SampleChanges(List.of(), Set.of(), List.of(), List.of(id), Map.of());
    }
  }

  /**
   * The changes of violations.
   *
   * @param begun those that are new
   * @param grown those that went on
   * @param changed those that span other samples now; a withdrawn one is in force again
   * @param withdrawn those whose pattern is no longer there
   */
  public record ViolationChanges(
      List<NewViolation> begun,
      List<GrownViolation> grown,
      List<Violation> changed,
      List<Violation> withdrawn) {
    /** No change. */
    public static final ViolationChanges NONE =
        new ViolationChanges(List.of(), List.of(), List.of(), List.of());

    /** Takes copies. */
    public ViolationChanges {
      begun = List.copyOf(begun);
      grown = List.copyOf(grown);
      changed = List.copyOf(changed);
      withdrawn = List.copyOf(withdrawn);
    }
  }

  /**
   * A violation that has no number yet.
   *
   * @param characteristicId whose chart
   * @param key the kind of pattern
   * @param severity as the rule is set
   * @param extent the samples that it spans
   * @param retrospective whether it was found by judging history
   */
  public record NewViolation(
      long characteristicId,
      PatternKey key,
      Severity severity,
      Violation.Extent extent,
      boolean retrospective) {
    /** The violation under the number that it was stored as. */
    public Violation numbered(long id) {
      return new Violation(id, characteristicId, key, severity, extent, retrospective, null, null);
    }
  }

  /**
   * A violation that went on.
   *
   * @param violationId the violation
   * @param last the newest sample at which its rule held
   * @param gained how many samples it gained
   */
  public record GrownViolation(long violationId, Position last, int gained) {}

  /**
   * The numbers that were given.
   *
   * @param violationIds of the new violations, in their order
   * @param auditIds of the entries of the audit trail, in their order
   */
  public record Numbers(List<Long> violationIds, List<Long> auditIds) {}
}
