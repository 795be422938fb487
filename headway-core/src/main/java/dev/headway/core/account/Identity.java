package dev.headway.core.account;

/**
 * A person as an identity provider knows them: the same issuer and subject are the same person,
 * whatever the address (OpenID Connect Core 1.0, section 5.7).
 *
 * @param email verified by the provider, in lower case
 */
public record Identity(String issuer, String subject, String email) {}
