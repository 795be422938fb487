package dev.headway.client.stream;

import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import java.util.ArrayList;
import java.util.List;

/** A network in a test's hand: what is dialled, what is sent, and what the other side says. */
final class FakeDialer implements Link.Dialer {
  private final List<FakeLink> links = new ArrayList<>();

  @Override
  public Link dial(Link.Listener listener) {
    var link = new FakeLink(listener);
    links.add(link);
    return link;
  }

  int dialled() {
    return links.size();
  }

  FakeLink last() {
    return links.getLast();
  }

  static final class FakeLink implements Link {
    private final Listener listener;
    private final List<String> sent = new ArrayList<>();
    private boolean aborted;
    private int read;

    FakeLink(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public void abort() {
      aborted = true;
    }

    boolean aborted() {
      return aborted;
    }

    List<String> sent() {
      return List.copyOf(sent);
    }

    /** How many frames the client has dealt with. */
    int read() {
      return read;
    }

    void says(String frame) {
      listener.onText(frame, () -> read++);
    }

    void saysHello() {
      says(
          "{\"hello\":\"headway.v1\",\"server\":\"a\",\"epoch\":\"e1\",\"ping_seconds\":25,"
              + "\"reconnect\":{\"min_ms\":200,\"max_ms\":4000}}");
    }

    void isAlive() {
      listener.onAlive();
    }

    void ends(ConnectionEnd ending) {
      listener.onEnd(ending);
    }
  }
}
