package dev.headway.client.page;

import java.net.URI;
import java.time.Instant;

/**
 * A link to a page for people without an account.
 *
 * @param id names it, for ending it early
 * @param topic what the page shows
 * @param token what the page shows to the server, for the element on a page of one's own
 * @param url where the page is; whoever has it may look
 * @param expiresAt when it ends
 */
public record PageLink(String id, String topic, String token, URI url, Instant expiresAt) {
  @Override
  public String toString() {
    return "PageLink[topic=" + topic + ", expiresAt=" + expiresAt + "]";
  }
}
