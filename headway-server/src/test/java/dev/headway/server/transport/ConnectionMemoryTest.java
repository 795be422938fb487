package dev.headway.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.SocketSettings;
import dev.headway.server.transport.fanout.Subscription;
import dev.headway.testkit.QuickHasher;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.openjdk.jol.info.GraphLayout;

/**
 * The memory of a server for a client that has signed in, watches a job on the native stream, and
 * hears nothing: all that can be reached from the server is counted with few such connections and
 * with many. What they share is in both counts. Bytes are those of the Java virtual machine that
 * runs the test, without compact object headers.
 */
@Isolated("what else runs in this process would be weighed, too")
final class ConnectionMemoryTest {
  private static final int FEW = 20;
  private static final int MORE = 100;
  private static final int LISTED = 30;

  /* About 2,550 where this was written: no room for a handler more. */
  private static final double MOST = 2_600;

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<SocketChannel> clients = new ArrayList<>();
  private HeadwayServer server;
  private String token;
  private String job;

  /** How many instances of a class there are, and their bytes. */
  private record Share(Class<?> type, double count, double bytes) {
    @Override
    public String toString() {
      return "%7.1f bytes %5.2f x %s".formatted(bytes, count, type.getName());
    }
  }

  @BeforeEach
  void start() throws Exception {
    System.setProperty("jol.magicFieldOffset", "true"); // or it cannot look into records
    server =
        HeadwayServer.builder(roomy(ServerConfig.loopback(0, data)))
            .passwords(new QuickHasher())
            .start();
    var account = "\"someone@example.com\",\"password\":\"correct horse\"}";
    post("/api/v1/auth/register", "{\"email\":" + account);
    token = field("access_token", post("/api/v1/auth/login", "{\"username\":" + account));
    job = field("id", post("/jobs", "{\"job_type\":\"outside\",\"external\":true}"));
    http.close(); // its connections would be weighed for as long as they are kept
  }

  /* The clients here answer no pings, and weighing a server takes seconds. */
  private static SocketSettings unhurried(SocketSettings given) {
    return given.withPing(Duration.ofHours(1)).withIdle(Duration.ofHours(1));
  }

  private static ServerConfig roomy(ServerConfig config) {
    return config
        .withSockets(unhurried(config.sockets()))
        .withPlaces(new ConnectionLimits.Settings(FEW + MORE, FEW + MORE, FEW + MORE));
  }

  @AfterEach
  void stop() throws IOException {
    for (var client : clients) {
      client.close();
    }
    server.close();
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static String field(String name, String json) {
    return json.replaceFirst("(?s).*?\"" + name + "\":\"([^\"]+)\".*", "$1");
  }

  private void connect(int count) throws IOException {
    for (var at = 0; at < count; at++) {
      // Not a java.net.Socket, which can be reached from the server by way of the JDK's cleaner.
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
      var client = SocketChannel.open(address);
      clients.add(client);
      say(
          client,
          """
          GET /api/v1/stream HTTP/1.1\r
          Host: localhost\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          Sec-WebSocket-Protocol: headway.v1\r
          Authorization: Bearer %s\r
          \r
          """
              .formatted(token));
      awaitText(client, "\"hello\"");
      var watch = "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\"}]}".formatted(job);
      say(client, "\u0081" + (char) (0x80 | watch.length()) + "\0\0\0\0" + watch);
      awaitText(client, "\"recovered\":");
    }
  }

  private static void say(SocketChannel client, String bytes) throws IOException {
    client.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void awaitText(SocketChannel client, String text) throws IOException {
    var heard = new StringBuilder();
    var bytes = ByteBuffer.allocate(4_096);
    while (heard.indexOf(text) < 0) {
      assertThat(client.read(bytes.clear())).as("after %s", heard).isPositive();
      heard.append(StandardCharsets.ISO_8859_1.decode(bytes.flip()));
    }
  }

  /* Of a connection: the last of them may still be on its way when its client has its answer. */
  private List<Share> shares() throws IOException {
    connect(FEW);
    var few = watching(FEW);
    connect(MORE);
    var many = watching(FEW + MORE);
    return many.getClasses().stream()
        .map(type -> new Share(type, growth(few, many, type), bytes(few, many, type)))
        .filter(share -> share.bytes() != 0)
        .sorted(Comparator.comparingDouble(Share::bytes).reversed())
        .toList();
  }

  private GraphLayout watching(int count) {
    return await()
        .until(
            () -> GraphLayout.parseInstance(server),
            graph ->
                watched(graph) == count && !graph.getClasses().contains(HttpServerCodec.class));
  }

  private static long watched(GraphLayout graph) {
    return graph.getClassCounts().count(Subscription.class);
  }

  private static double growth(GraphLayout few, GraphLayout many, Class<?> type) {
    return (many.getClassCounts().count(type) - few.getClassCounts().count(type)) / (double) MORE;
  }

  private static double bytes(GraphLayout few, GraphLayout many, Class<?> type) {
    return (many.getClassSizes().count(type) - few.getClassSizes().count(type)) / (double) MORE;
  }

  private static String table(List<Share> shares) {
    return shares.stream().limit(LISTED).map(Share::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void connection_thatWatches_keepsLittle() throws Exception {
    var shares = shares();
    var bytes = shares.stream().mapToDouble(Share::bytes).sum();
    assertThat(bytes).as("bytes for a connection:\n%s", table(shares)).isLessThan(MOST);
  }

  @Test
  void pipeline_ofAWebSocket_holdsWhatAFrameMustPass() throws Exception {
    var handlers =
        shares().stream()
            .filter(share -> ChannelHandler.class.isAssignableFrom(share.type()))
            .collect(Collectors.toMap(share -> share.type().getSimpleName(), Share::count));
    var one = 1.0;
    assertThat(handlers)
        .isEqualTo(
            Map.of(
                "HeadContext", one,
                "FrameDecoder", one,
                "SocketHandler", one,
                "TailContext", one));
  }
}
