package dev.headway.spc.store;

import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the hash chain of an audit trail: the hash of an entry is the SHA-256 of a JSON array of
 * the hash before it and of all that the entry says. Whoever changes, adds or removes an entry must
 * change all hashes after it. Not thread-safe.
 */
final class AuditChain {
  private String last = "";
  private long lastId;
  private long chained;
  private long earlier;
  private @Nullable Long broken;

  /** The hash of an entry after another. */
  static String next(String previous, AuditEntry entry) {
    var said = new ArrayList<@Nullable Object>();
    said.add(previous);
    said.add(entry.characteristicId());
    said.add(entry.action().name());
    said.add(entry.subject());
    said.add(entry.author().name());
    said.add(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
    said.add(text(entry.before()));
    said.add(text(entry.after()));
    var signature = entry.author().signature();
    if (signature != null) {
      said.add(signature.meaning());
      said.add(signature.proof().name());
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes(said)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  private static byte[] bytes(List<?> said) {
    return JsonCodec.json(said).text().getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json.text();
  }

  /**
   * Takes in the next entry in the order of numbers.
   *
   * @param hash as it is stored; null for an entry from before there was a chain
   */
  void add(AuditEntry entry, @Nullable String hash) {
    if (hash == null && chained == 0) {
      earlier++;
      return;
    }
    if (broken == null && !next(last, entry).equals(hash)) {
      broken = entry.id();
    }
    last = hash == null ? last : hash;
    lastId = entry.id();
    chained++;
  }

  /** The verdict, given the last entry and its hash as they were noted apart from the entries. */
  AuditVerdict verdict(long headEntry, String headHash) {
    if (broken == null && (headEntry != lastId || !headHash.equals(last))) {
      broken = lastId + 1;
    }
    return new AuditVerdict(chained, earlier, broken, last);
  }
}
