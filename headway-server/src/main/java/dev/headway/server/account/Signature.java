package dev.headway.server.account;

import java.util.Locale;

/**
 * The electronic signature of a person who has signed in, given with one request. Name and time are
 * those of the request.
 *
 * @param meaning what the signature stands for, such as {@code approved}; 1 to 200 characters
 * @param proof what was shown at the moment of signing
 */
public record Signature(String meaning, Proof proof) {
  /** The means by which a person is confirmed at the moment of signing. */
  public enum Proof {
    /** The account's password, given again. */
    PASSWORD,
    /** A token for which the identity provider has just asked the person to sign in. */
    PROVIDER;

    /** The lower-case name that is used in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
