package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.server.status.ServerStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server is doing, over REST and on the native stream. */
class ServerStatusTest {
  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String admin() throws Exception {
    return server.signIn("root@example.org", Role.ADMIN);
  }

  @Test
  void status_asked_namesConnectionsNodesAndLimits() throws Exception {
    var token = admin();
    var other = server.signIn("ada@example.org");
    try (var first = server.stream(other);
        var second = server.stream(null)) {
      first.next();
      second.next();

      var status = TestServer.json(server.call("GET", "/api/v1/admin/status", token, null));

      assertThat(status.at("/connections/total").asInt()).isEqualTo(2);
      assertThat(status.at("/connections/clients").toString())
          .contains("ada@example.org")
          .contains("127.0.0.1");
      assertThat(status.at("/limits/connections_per_user").asInt()).isEqualTo(100);
      assertThat(status.at("/nodes/0/name").asString()).isEqualTo("node-1");
      assertThat(status.at("/nodes/0/here").asBoolean()).isTrue();
    }
  }

  @Test
  void status_jobHeldByAWorkerOutside_isNamedWithItsLease() throws Exception {
    var token = admin();
    server.call("POST", "/jobs", null, "{\"job_type\":\"out\",\"external\":true}");
    server.call("POST", "/jobs/claim", null, "{\"worker_id\":\"press-3\"}");

    var status = TestServer.json(server.call("GET", "/api/v1/admin/status", token, null));

    assertThat(status.at("/work/running").asInt()).isEqualTo(1);
    assertThat(status.at("/nodes/1/name").asString()).isEqualTo("press-3");
    assertThat(status.at("/nodes/1/jobs").asInt()).isEqualTo(1);
    assertThat(status.at("/nodes/1/lease_expires_at").asString()).endsWith("Z");
  }

  @Test
  void stream_watchedByAnAdmin_tellsOfChanges() throws Exception {
    try (var watcher = server.stream(admin())) {
      var watch = "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"server:status\"}]}";
      var reply = TestServer.json(watcher.send(watch).awaitText("\"re\":1"));
      assertThat(reply.at("/watching/0/snapshot/connections/total").asInt()).isEqualTo(1);

      try (var another = server.stream(null)) {
        another.next();
        watcher.awaitText("\"total\":2");
      }
      watcher.awaitText("\"total\":1");
    }
  }

  @Test
  void stream_watchedByOthers_looksUnknown() throws Exception {
    try (var watcher = server.stream(server.signIn("ada@example.org"))) {
      var watch = "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"server:status\"}]}";

      var reply = TestServer.json(watcher.send(watch).awaitText("\"re\":1"));

      assertThat(reply.at("/refused/0/code").asString()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void shortened_longLists_keepTheirBeginning() {
    var clients =
        IntStream.range(0, 90)
            .mapToObj(n -> new ServerStatus.Client((long) n, "x".repeat(200), 1))
            .toList();
    var limits = new ServerStatus.Limits(1, 1, 1, 1, 1, 1);
    var status =
        new ServerStatus(
            new ServerStatus.Node("n", Instant.EPOCH, 0, 0, 0),
            new ServerStatus.Connections(90, clients, List.of()),
            limits,
            List.of(new ServerStatus.Refused("requests", 3)),
            new ServerStatus.Work(0, 0),
            List.of());

    assertThat(status.shortened(10).connections().clients()).isEqualTo(clients.subList(0, 10));
    assertThat(status.shortened(100)).isEqualTo(status);
  }
}
