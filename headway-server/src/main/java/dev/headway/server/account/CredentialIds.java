package dev.headway.server.account;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Principal;
import java.time.Instant;
import java.util.UUID;

/**
 * Names of credentials, none of which can be mistaken for one of another kind: a token of this
 * server has a UUID, an API key and a provider's token have prefixes.
 */
final class CredentialIds {
  private static final String KEY = "key-";
  private static final String EXTERNAL = "ext-";

  private CredentialIds() {}

  /* With the moment, because a database may give the number of a deleted key again. */
  static String ofKey(ApiKey key) {
    return KEY + key.id() + "-" + key.createdAt().toEpochMilli();
  }

  static String ofExternal(String tokenId) {
    return EXTERNAL + tokenId;
  }

  static boolean isKey(Principal.Credential credential) {
    return credential.tokenId().startsWith(KEY);
  }

  /** Whether it is a token that this server made. */
  static boolean isLocal(Principal.Credential credential) {
    return !isKey(credential) && !credential.tokenId().startsWith(EXTERNAL);
  }

  /** When a UUID of version 7 was made (RFC 9562, section 5.7), to the millisecond. */
  static Instant madeAt(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
