package dev.headway.client.stream;

import dev.headway.client.http.Rest;
import dev.headway.client.link.Link;
import dev.headway.client.time.Scheduler;

/** Connects over Server-Sent Events where the network lets no WebSocket through. */
final class SseDialer implements Link.Dialer {
  private final Rest rest;
  private final Scheduler scheduler;

  SseDialer(Rest rest, Scheduler scheduler) {
    this.rest = rest;
    this.scheduler = scheduler;
  }

  @Override
  public Link dial(Link.Listener listener) {
    var link = new SseLink(rest, scheduler, listener);
    link.open();
    return link;
  }
}
