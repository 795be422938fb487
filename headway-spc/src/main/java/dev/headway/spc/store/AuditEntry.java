package dev.headway.spc.store;

import dev.headway.core.job.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change: its author, time, subject, and the values before and after.
 *
 * @param id from 1; 0 before it is stored
 * @param characteristicId whose chart was concerned
 * @param action what was done
 * @param subject the id of the characteristic, sample or violation that was changed
 * @param author the author of the change, with the signature if it was signed
 * @param at when
 * @param before what was there, or null for nothing
 * @param after what is there now, or null for nothing
 */
public record AuditEntry(
    long id,
    long characteristicId,
    Action action,
    long subject,
    Author author,
    Instant at,
    @Nullable Json before,
    @Nullable Json after) {

  /** The kinds of change; the lower-case names are those on the wire. */
  public enum Action {
    /** A characteristic was made. */
    CREATED,
    /** A characteristic's definition was changed. */
    CHANGED,
    /** A characteristic was deleted with all that belonged to it. */
    DELETED,
    /** Control limits were set by hand or estimated. */
    LIMITS,
    /** Rules were changed. */
    RULES,
    /** A sample was taken out of limits, rules and capability. */
    EXCLUDED,
    /** A sample was taken in again. */
    INCLUDED,
    /** A sample's contents were corrected. */
    CORRECTED,
    /** A sample was deleted. */
    SAMPLE_DELETED,
    /** A stage was begun, renamed, moved or removed. */
    STAGES,
    /** A violation was acknowledged. */
    ACKNOWLEDGED,
    /** A violation was closed with its cause and the action. */
    CLOSED,
    /** A remark was made about a sample. */
    ANNOTATED,
    /** A remark about a sample was removed. */
    ANNOTATION_REMOVED
  }
}
