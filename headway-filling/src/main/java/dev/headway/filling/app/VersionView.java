package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.filling.store.PlanVersion;
import dev.headway.filling.store.PlanVersion.Step;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version as lists show it; null for the steps that it has not taken.
 *
 * @param base the version that it was made from; 0 for the plan as it was planned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(
    int version,
    int base,
    String note,
    String status,
    Instant createdAt,
    String createdBy,
    @Nullable Instant approvedAt,
    @Nullable String approvedBy,
    @Nullable Instant publishedAt,
    @Nullable String publishedBy) {
  /** The states of a version. */
  private enum Status {
    DRAFT,
    APPROVED,
    PUBLISHED,
    SUPERSEDED
  }

  /** A version with its plan. */
  record Whole(@JsonUnwrapped VersionView version, @JsonUnwrapped RevisionView plan) {}

  /**
   * A version.
   *
   * @param current whether it is the one that is published now
   */
  static VersionView of(PlanVersion version, boolean current) {
    var approved = version.approved();
    var published = version.published();
    return new VersionView(
        version.number(),
        version.base(),
        version.note(),
        status(version, current).name().toLowerCase(Locale.ROOT),
        version.created().at(),
        version.created().by(),
        at(approved),
        by(approved),
        at(published),
        by(published));
  }

  private static Status status(PlanVersion version, boolean current) {
    if (version.published() != null) {
      return current ? Status.PUBLISHED : Status.SUPERSEDED;
    }
    return version.approved() == null ? Status.DRAFT : Status.APPROVED;
  }

  private static @Nullable Instant at(@Nullable Step step) {
    return step == null ? null : step.at();
  }

  private static @Nullable String by(@Nullable Step step) {
    return step == null ? null : step.by();
  }
}
