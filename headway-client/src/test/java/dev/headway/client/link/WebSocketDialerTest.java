package dev.headway.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.link.ScriptedPeer.Script;
import dev.headway.testkit.Patience;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WebSocketDialerTest {
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<ConnectionEnd> endings = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> atPeer = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> signs = new LinkedBlockingQueue<>();

  private final Link.Listener listener =
      new Link.Listener() {
        @Override
        public void onText(String text, Runnable next) {
          texts.add(text);
          next.run();
        }

        @Override
        public void onAlive() {
          signs.add("ping");
        }

        @Override
        public void onEnd(ConnectionEnd ending) {
          endings.add(ending);
        }
      };

  private void against(Script script, LinkUse use) throws Exception {
    try (var peer = new ScriptedPeer(script);
        var http = HttpClient.newHttpClient()) {
      var link = new WebSocketDialer(http, peer.uri(), () -> "t1").dial(listener);
      use.with(link);
      link.abort();
    }
  }

  /** Uses a link. */
  @FunctionalInterface
  private interface LinkUse {
    void with(Link link) throws Exception;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void dial_handshake_offersTheSubprotocolAndTheToken() throws Exception {
    against(
        peer -> {
          peer.upgrade();
          atPeer.add(peer.header("sec-websocket-protocol"));
          atPeer.add(peer.header("authorization"));
          peer.awaitEnd();
        },
        link -> {
          assertThat(next(atPeer)).isEqualTo("headway.v1");
          assertThat(next(atPeer)).isEqualTo("Bearer t1");
        });
  }

  @Test
  void text_inFragmentsWithPingsBetween_arrivesWhole() throws Exception {
    var text = "{\"message\":\"" + "größer ".repeat(900) + "\"}";
    against(
        peer -> {
          peer.upgrade();
          peer.fragments(text, 100);
          peer.ping();
          peer.text("second");
          peer.awaitEnd();
        },
        link -> {
          assertThat(next(texts)).isEqualTo(text);
          assertThat(next(texts)).isEqualTo("second");
          assertThat(next(signs)).isEqualTo("ping");
        });
  }

  @Test
  void send_severalAtOnceBeforeTheHandshakeIsOver_arriveInOrder() throws Exception {
    against(
        peer -> {
          peer.upgrade();
          for (var i = 0; i < 20; i++) {
            atPeer.add(peer.read());
          }
          peer.awaitEnd();
        },
        link -> {
          for (var i = 0; i < 20; i++) {
            link.send("frame " + i);
          }
          for (var i = 0; i < 20; i++) {
            assertThat(next(atPeer)).isEqualTo("frame " + i);
          }
        });
  }

  @Test
  void end_closeFrame_bringsItsCodeAndReason() throws Exception {
    against(
        peer -> {
          peer.upgrade();
          peer.close(4429, "Too slow");
          peer.awaitEnd();
        },
        link -> assertThat(next(endings)).isEqualTo(new ConnectionEnd.Closed(4429, "Too slow")));
  }

  @Test
  void end_handshakeRefused_bringsStatusAndRetryAfter() throws Exception {
    against(
        peer ->
            peer.raw(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"),
        link ->
            assertThat(next(endings))
                .isEqualTo(new ConnectionEnd.Refused(503, Duration.ofSeconds(7))));
  }

  @Test
  void end_connectionVanishes_isALoss() throws Exception {
    against(
        ScriptedPeer::upgrade,
        link -> assertThat(next(endings).advice()).isEqualTo(ReconnectAdvice.WITHIN_WINDOW));
  }

  @Test
  void end_garbageInsteadOfFrames_isAnEnd() throws Exception {
    against(
        peer -> {
          peer.upgrade();
          peer.raw("\u00ff\u00ff\u00ff\u00ff garbage");
          peer.awaitEnd();
        },
        link -> assertThat(next(endings)).isNotNull());
  }

  @Test
  void end_nobodyListens_isALoss() throws Exception {
    var peer = new ScriptedPeer(ScriptedPeer::upgrade);
    var uri = peer.uri();
    peer.close();
    try (var http = HttpClient.newHttpClient()) {
      new WebSocketDialer(http, uri, () -> null).dial(listener);
      assertThat(next(endings)).isInstanceOf(ConnectionEnd.Lost.class);
    }
  }
}
