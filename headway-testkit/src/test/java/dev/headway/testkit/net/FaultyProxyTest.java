package dev.headway.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyProxyTest {
  private ServerSocket echo;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    proxy = new FaultyProxy(echo.getLocalPort());
  }

  private void accept() {
    while (!echo.isClosed()) {
      try {
        var socket = echo.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException _) {
      // Cut, as some tests want.
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    return socket;
  }

  private static int roundTrip(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    return socket.getInputStream().read();
  }

  @Test
  void bytes_withoutFault_passBothWays() throws IOException {
    try (var socket = connect()) {
      assertThat(roundTrip(socket, 7)).isEqualTo(7);
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  void cut_openConnection_endsItAndLetsTheNextThrough() throws IOException {
    try (var socket = connect()) {
      roundTrip(socket, 1);
      proxy.cut();
      assertThatThrownBy(() -> readFully(socket)).isInstanceOf(IOException.class);
    }
    try (var socket = connect()) {
      assertThat(roundTrip(socket, 2)).isEqualTo(2);
    }
  }

  private static void readFully(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("ended");
    }
  }

  @Test
  void stall_thenResume_holdsBytesBackAndLosesNone() throws IOException {
    try (var socket = connect()) {
      roundTrip(socket, 1);
      proxy.stall();
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> roundTrip(socket, 2)).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout((int) Patience.LONG.toMillis());
      proxy.resume();
      assertThat(socket.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void cutAfter_bytesFromServer_passesExactlySoMany() throws IOException {
    proxy.cutAfter(3);
    try (var socket = connect()) {
      socket.getOutputStream().write(new byte[] {1, 2, 3, 4, 5});
      var in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(1);
      assertThat(in.read()).isEqualTo(2);
      assertThat(in.read()).isEqualTo(3);
      assertThatThrownBy(() -> readFully(socket)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refuse_thenRestore_endsNewConnectionsUntilThen() throws IOException {
    proxy.refuse();
    assertThatThrownBy(
            () -> {
              try (var socket = connect()) {
                roundTrip(socket, 1);
                readFully(socket);
              }
            })
        .isInstanceOf(IOException.class);
    proxy.restore();
    try (var socket = connect()) {
      assertThat(roundTrip(socket, 3)).isEqualTo(3);
    }
  }

  @Test
  void delay_eachDirection_isAtLeastTheRoundTrip() throws IOException {
    proxy.delay(Duration.ofMillis(20));
    try (var socket = connect()) {
      var start = System.nanoTime();
      assertThat(roundTrip(socket, 9)).isEqualTo(9);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(40));
    }
  }

  @Test
  void throttle_bytesPerSecond_limitsTheRate() throws IOException {
    proxy.throttle(10_000);
    try (var socket = connect()) {
      var start = System.nanoTime();
      socket.getOutputStream().write(new byte[1_000]);
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }
}
