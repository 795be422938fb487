package dev.headway.server.account.token;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Principal;
import java.time.Instant;
import java.util.UUID;

/**
 * Names of credentials, none of which can be mistaken for one of another kind: a token of this
 * server has a UUID, an API key and a provider's token have prefixes.
 */
public final class CredentialIds {
  private static final String KEY = "key-";
  private static final String EXTERNAL = "ext-";

  private CredentialIds() {}

  /** The name of an API key: with its moment, because a number may be given again. */
  public static String ofKey(ApiKey key) {
    return KEY + key.id() + "-" + key.createdAt().toEpochMilli();
  }

  /** The name of a token of an identity provider. */
  public static String ofExternal(String tokenId) {
    return EXTERNAL + tokenId;
  }

  /** Whether it is an API key. */
  public static boolean isKey(Principal.Credential credential) {
    return credential.tokenId().startsWith(KEY);
  }

  /** Whether it is a token that this server made. */
  public static boolean isLocal(Principal.Credential credential) {
    return !isKey(credential) && !credential.tokenId().startsWith(EXTERNAL);
  }

  /** When a UUID of version 7 was made (RFC 9562, section 5.7), to the millisecond. */
  public static Instant madeAt(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
