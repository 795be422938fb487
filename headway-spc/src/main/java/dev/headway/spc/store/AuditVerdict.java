package dev.headway.spc.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on an audit trail.
 *
 * @param entries how many entries are chained
 * @param earlier how many are from before there was a chain
 * @param broken the first entry that is not as it was written, or that is missing; null when all
 *     are
 * @param head the hash of the last entry: noted elsewhere, it shows later that nothing up to here
 *     was changed
 */
public record AuditVerdict(long entries, long earlier, @Nullable Long broken, String head) {
  /** Whether the trail is as it was written. */
  @JsonProperty
  public boolean whole() {
    return broken == null;
  }
}
