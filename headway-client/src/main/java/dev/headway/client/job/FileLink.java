package dev.headway.client.job;

import java.time.Instant;

/**
 * A link by which whoever has it may download one file.
 *
 * @param id ends it early
 * @param url its address
 * @param expiresAt when it ends
 */
public record FileLink(String id, String url, Instant expiresAt) {
  @Override
  public String toString() {
    return "FileLink[id=%s, expiresAt=%s]".formatted(id, expiresAt);
  }
}
