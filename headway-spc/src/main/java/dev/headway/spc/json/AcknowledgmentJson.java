package dev.headway.spc.json;

import dev.headway.spc.model.Violation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgment of a violation as a frame tells of it.
 *
 * @param violationId the violation
 * @param characteristicId whose chart
 * @param acknowledged whether there is an acknowledgment
 * @param ackUser who acknowledged
 * @param ackReason why the violation occurred, or what was done
 * @param ackAt when it was acknowledged
 * @param ackMeaning the meaning of the signature; null where it was not signed
 */
public record AcknowledgmentJson(
    long violationId,
    long characteristicId,
    boolean acknowledged,
    @Nullable String ackUser,
    @Nullable String ackReason,
    @Nullable Instant ackAt,
    @Nullable String ackMeaning) {
  /** The acknowledgment of a violation. */
  public static AcknowledgmentJson of(Violation violation) {
    var given = violation.acknowledgment();
    return new AcknowledgmentJson(
        violation.id(),
        violation.characteristicId(),
        given != null,
        given == null ? null : given.user(),
        given == null ? null : given.reason(),
        given == null ? null : given.at(),
        given == null ? null : given.meaning());
  }
}
