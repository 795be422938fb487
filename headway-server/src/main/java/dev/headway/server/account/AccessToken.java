package dev.headway.server.account;

/**
 * A token for its bearer.
 *
 * @param accessToken the token
 * @param tokenType {@code bearer}
 * @param expiresIn seconds
 */
public record AccessToken(String accessToken, String tokenType, long expiresIn) {
  @Override
  public String toString() {
    return "AccessToken[expiresIn=" + expiresIn + "]";
  }
}
