package dev.headway.server.account;

/**
 * An address and a password.
 *
 * @param email in any case, with or without space around it
 */
public record Login(String email, String password) {
  @Override
  public String toString() {
    return "Login[" + email + "]";
  }
}
