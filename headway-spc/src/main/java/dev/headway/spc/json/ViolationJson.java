package dev.headway.spc.json;

import dev.headway.spc.model.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A violation with all that is known of it.
 *
 * @param violationId its number
 * @param characteristicId whose chart
 * @param sampleId the sample at which the rule first held
 * @param ruleId the rule's number
 * @param ruleName its name
 * @param severity of the violation
 * @param id the same as {@code violationId}
 * @param chart the statistic that the chart plots
 * @param side the pattern's direction
 * @param timestamp when the sample {@code sampleId} was taken
 * @param lastSampleId the newest sample at which the rule held
 * @param sampleCount how many samples make up the pattern
 * @param sampleIds the newest of them
 * @param retrospective whether it was found by judging history
 * @param acknowledged whether there is an acknowledgment
 * @param ackUser who acknowledged
 * @param ackReason why the violation occurred, or what was done
 * @param ackAt when it was acknowledged
 * @param ackMeaning the meaning of the signature on the acknowledgment; null where it was not
 *     signed
 * @param state {@code open}, {@code acknowledged} or {@code closed}
 * @param active whether its rule holds at the newest sample still
 * @param cause the assignable cause, once it is closed
 * @param action what was done about it
 * @param closedBy who closed it
 * @param closedAt when
 * @param closedMeaning the meaning of the signature on that; null where it was not signed
 */
public record ViolationJson(
    long violationId,
    long characteristicId,
    long sampleId,
    int ruleId,
    String ruleName,
    String severity,
    long id,
    String chart,
    String side,
    Instant timestamp,
    long lastSampleId,
    int sampleCount,
    List<Long> sampleIds,
    boolean retrospective,
    boolean acknowledged,
    @Nullable String ackUser,
    @Nullable String ackReason,
    @Nullable Instant ackAt,
    @Nullable String ackMeaning,
    String state,
    boolean active,
    @Nullable String cause,
    @Nullable String action,
    @Nullable String closedBy,
    @Nullable Instant closedAt,
    @Nullable String closedMeaning) {
  /**
   * A violation with the newest of its samples.
   *
   * @param active whether its rule holds at the newest sample still
   */
  public static ViolationJson of(Violation violation, List<Long> sampleIds, boolean active) {
    var acknowledgment = violation.acknowledgment();
    var closure = violation.closure();
    return new ViolationJson(
        violation.id(),
        violation.characteristicId(),
        violation.sampleId(),
        violation.rule().number(),
        violation.rule().title(),
        violation.severity().name(),
        violation.id(),
        violation.statistic().wireName(),
        violation.key().side().wireName(),
        violation.extent().held().at(),
        violation.extent().last().sampleId(),
        violation.extent().count(),
        sampleIds,
        violation.retrospective(),
        acknowledgment != null,
        acknowledgment == null ? null : acknowledgment.user(),
        acknowledgment == null ? null : acknowledgment.reason(),
        acknowledgment == null ? null : acknowledgment.at(),
        acknowledgment == null ? null : acknowledgment.meaning(),
        closure != null ? "closed" : acknowledgment != null ? "acknowledged" : "open",
        active,
        closure == null ? null : closure.cause(),
        closure == null ? null : closure.action(),
        closure == null ? null : closure.user(),
        closure == null ? null : closure.at(),
        closure == null ? null : closure.meaning());
  }
}
