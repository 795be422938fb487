package dev.headway.server.account;

import dev.headway.core.account.Principal.Credential;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token says whose form, signature and times are right. */
public sealed interface Claims {
  /** Names the token, with its times. */
  Credential credential();

  /**
   * Of a token of this server.
   *
   * @param user the id in {@code sub}
   * @param topics what a watch token may watch; null for a token that is not one
   */
  record Local(long user, @Nullable Set<String> topics, Credential credential) implements Claims {}

  /**
   * Of an identity provider's token.
   *
   * @param email verified by the provider, in lower case
   * @param role as the provider's claim names it; empty for none
   */
  record External(String email, String role, Credential credential) implements Claims {}
}
