package dev.headway.server.account;

/**
 * A token for its bearer.
 *
 * @param accessToken the token
 * @param tokenType {@code bearer}
 * @param expiresIn seconds
 */
public record IssuedToken(String accessToken, String tokenType, long expiresIn) {
  @Override
  public String toString() {
    return "IssuedToken[expiresIn=" + expiresIn + "]";
  }
}
