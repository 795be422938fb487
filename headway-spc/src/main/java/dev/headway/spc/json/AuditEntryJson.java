package dev.headway.spc.json;

import dev.headway.core.job.Json;
import dev.headway.server.account.Signature;
import dev.headway.spc.store.AuditEntry;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail.
 *
 * @param id its number
 * @param at when the change was made
 * @param actor who made it
 * @param signature the actor's signature; null where it was not signed
 * @param action what was done
 * @param characteristicId whose chart was concerned
 * @param subjectId the characteristic, sample or violation that was changed
 * @param before what was there
 * @param after what is there now
 */
public record AuditEntryJson(
    long id,
    Instant at,
    String actor,
    @Nullable SignatureJson signature,
    String action,
    long characteristicId,
    long subjectId,
    @Nullable Json before,
    @Nullable Json after) {
  /**
   * A signature on a change.
   *
   * @param meaning what it stands for
   * @param proof {@code password} or {@code provider}
   */
  public record SignatureJson(String meaning, String proof) {
    private static @Nullable SignatureJson of(@Nullable Signature signature) {
      return signature == null
          ? null
          : new SignatureJson(signature.meaning(), signature.proof().wireName());
    }
  }

  /** An entry as it was stored. */
  public static AuditEntryJson of(AuditEntry entry) {
    return new AuditEntryJson(
        entry.id(),
        entry.at(),
        entry.author().name(),
        SignatureJson.of(entry.author().signature()),
        entry.action().name().toLowerCase(Locale.ROOT),
        entry.characteristicId(),
        entry.subject(),
        entry.before(),
        entry.after());
  }
}
