package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.port.FileStore;
import dev.headway.server.files.FileSettings;
import dev.headway.server.files.FolderFileStore;
import dev.headway.server.socket.SocketSettings;
import dev.headway.testkit.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files that workers upload for their jobs and people download. */
final class JobFilesTest {
  /** A folder whose disk is full for files of one name. */
  private record FullDisk(FileStore folder) implements FileStore {
    static final String NAME = "full";

    @Override
    public void put(UUID job, String name, InputStream content, long bytes) throws IOException {
      if (name.equals(NAME)) {
        throw new IOException("No space left on device");
      }
      folder.put(job, name, content, bytes);
    }

    @Override
    public List<StoredFile> list(UUID job) throws IOException {
      return folder.list(job);
    }

    @Override
    public Optional<StoredFile> find(UUID job, String name) throws IOException {
      return folder.find(job, name);
    }

    @Override
    public InputStream read(UUID job, StoredFile file, long from) throws IOException {
      return folder.read(job, file, from);
    }

    @Override
    public boolean delete(UUID job, String name) throws IOException {
      return folder.delete(job, name);
    }

    @Override
    public void deleteAll(UUID job) throws IOException {
      folder.deleteAll(job);
    }

    @Override
    public Set<UUID> jobs() throws IOException {
      return folder.jobs();
    }
  }

  @TempDir static Path data;
  private static TestServer server;
  private String id;
  private String lease;

  @BeforeAll
  static void start() throws Exception {
    var store = new FullDisk(new FolderFileStore(data.resolve("files")));
    server =
        new TestServer(
            data,
            config -> config.withSockets(keepingInMemory(config.sockets(), 65_536)),
            builder -> builder.files(new FileSettings(1, 3), store));
  }

  private static SocketSettings keepingInMemory(SocketSettings usual, int bytes) {
    return new SocketSettings(
        usual.ping(),
        usual.pong(),
        usual.idle(),
        usual.maxFrame(),
        usual.maxMessagesPerSecond(),
        bytes,
        usual.compressFrom());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void begin() throws Exception {
    var answer = server.call("POST", "/jobs", null, "{\"job_type\":\"render\",\"start\":true}");
    var job = TestServer.json(answer);
    id = job.get("id").asString();
    lease = job.get("lease").asString();
  }

  private String path(String name) {
    return "/api/v1/jobs/" + id + "/files/" + name;
  }

  private HttpResponse<String> put(String name, BodyPublisher body, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.server.url() + path(name))).PUT(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String name, String text) throws Exception {
    return put(name, BodyPublishers.ofString(text), "Headway-Lease", lease);
  }

  private HttpResponse<String> get(String name, String... headers) throws Exception {
    return server.call("GET", path(name), null, null, headers);
  }

  private JsonNode list() throws Exception {
    return TestServer.json(server.call("GET", "/jobs/" + id + "/files", null, null)).get("files");
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private void complete() throws Exception {
    var body = "{\"lease\":\"%s\"}".formatted(lease);
    assertThat(server.call("POST", "/jobs/" + id + "/complete", null, body).statusCode())
        .isEqualTo(200);
  }

  @Test
  void upload_ofAWorker_isListedToldAndDownloadedAsItWas() throws Exception {
    var answer = put("%C3%9Cbersicht%201.html", "<script>alert(1)</script>");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(list()).hasSize(1);
    assertThat(list().get(0)).isEqualTo(TestServer.json(answer));
    assertThat(list().at("/0/name").asString()).isEqualTo("Übersicht 1.html");
    assertThat(list().at("/0/bytes").asInt()).isEqualTo(25);
    var told = server.call("GET", "/jobs/" + id + "/logs?stream=files", null, null);
    assertThat(TestServer.json(told).at("/lines/0/text").asString()).isEqualTo("Übersicht 1.html");
    var file = get("%C3%9Cbersicht%201.html");
    assertThat(file.body()).isEqualTo("<script>alert(1)</script>");
    assertThat(header(file, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(file, "Content-Security-Policy")).contains("sandbox", "default-src 'none'");
    assertThat(header(file, "Content-Disposition"))
        .startsWith("attachment; filename=\"_bersicht 1.html\"; filename*=UTF-8''%C3%9C");
  }

  @Test
  void upload_inPiecesOfUnknownLength_isTheSameAfterwards() throws Exception {
    var bytes = new byte[700_000];
    new Random(42).nextBytes(bytes);
    var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));

    assertThat(put("big", body, "Headway-Lease", lease).statusCode()).isEqualTo(201);

    var uri = URI.create(server.server.url() + path("big"));
    var file = server.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    assertThat(file.body()).isEqualTo(bytes);
    assertThat(data.resolve("uploads").toFile().list()).as("what is left there").isEmpty();
  }

  @Test
  void upload_ofTheSameName_replacesTheFile() throws Exception {
    put("a", "first");
    var tag = header(get("a"), "ETag");
    assertThat(get("a", "If-None-Match", tag).statusCode()).isEqualTo(304);

    assertThat(put("a", "the second").statusCode()).isEqualTo(200);

    assertThat(list()).hasSize(1);
    assertThat(get("a", "If-None-Match", tag).body()).isEqualTo("the second");
    var part = get("a", "Range", "bytes=0-1", "If-Range", tag);
    assertThat(part.statusCode()).as("a part of another version").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "'bytes=0-1,4-5', 200, 0123456789, ''",
  })
  void download_ofARange_isThatPart(String range, int status, String text, String said)
      throws Exception {
    put("digits", "0123456789");
    var part = get("digits", "Range", range);
    assertThat(part.statusCode()).isEqualTo(status);
    assertThat(part.body()).isEqualTo(text);
    assertThat(header(part, "Content-Range")).isEqualTo(said);
    assertThat(header(part, "Last-Modified"))
        .matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
  }

  @Test
  void download_ofARangeBehindTheEnd_isRefusedWithTheSize() throws Exception {
    put("digits", "0123456789");
    var refused = get("digits", "Range", "bytes=10-");
    assertThat(refused.statusCode()).isEqualTo(416);
    assertThat(header(refused, "Content-Range")).isEqualTo("bytes */10");
    assertThat(refused.body()).contains("has 10 bytes");
  }

  @Test
  void download_byHead_saysTheSizeAndSendsNothing() throws Exception {
    put("digits", "0123456789");
    var head = server.call("HEAD", path("digits"), null, null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo("10");
    assertThat(get("digits").body()).as("on the same connection").isEqualTo("0123456789");
  }

  @Test
  void upload_ofNothing_isAnEmptyFile() throws Exception {
    assertThat(put("empty", "").statusCode()).isEqualTo(201);
    var file = get("empty", "Range", "bytes=0-");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEmpty();
  }

  @Test
  void upload_overTheBound_isRefusedBeforeItIsSent() throws Exception {
    var head =
        """
        PUT %s HTTP/1.1\r
        Host: localhost\r
        Headway-Lease: %s\r
        Content-Length: 1048577\r
        \r
        """
            .formatted(path("large"), lease);
    try (var socket = socket()) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("1048576");
    }
    assertThat(list()).isEmpty();
  }

  @Test
  void upload_thatStopsHalfWay_leavesNothingAndTheJobGoesOn() throws Exception {
    var head =
        """
        PUT %s HTTP/1.1\r
        Host: localhost\r
        Headway-Lease: %s\r
        Content-Type: application/octet-stream\r
        Transfer-Encoding: chunked\r
        \r
        5\r
        half \r
        """
            .formatted(path("half"), lease);
    try (var socket = socket()) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(put("whole", "whole").statusCode()).isEqualTo(201);
    assertThat(list().findValuesAsString("name")).containsExactly("whole");
    await()
        .untilAsserted(() -> {
          try (var paths = Files.walk(data)) {
            assertThat(names(paths)).doesNotContain("half");
          }
        });
  }

  private static Stream<String> names(Stream<Path> paths) {
    return paths.map(path -> path.getFileName().toString());
  }

  private static Socket socket() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    return socket;
  }

  @Test
  void upload_toAFullDisk_isRefusedWithTheReasonAndTheJobGoesOn() throws Exception {
    var refused = put(FullDisk.NAME, "content");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("UNAVAILABLE", "the server's disk is full");
    assertThat(header(refused, "Retry-After")).isNotEmpty();
    assertThat(list()).isEmpty();
    complete();
  }

  @Test
  void upload_ofMoreFilesThanAJobMayHave_isRefusedButAnotherVersionTaken() throws Exception {
    for (var name : new String[] {"a", "b", "c"}) {
      assertThat(put(name, "1").statusCode()).isEqualTo(201);
    }
    var refused = put("d", "1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("has 3 files", "archive");
    assertThat(put("c", "2").statusCode()).isEqualTo(200);
  }

  @Test
  void upload_underAnotherLease_isRefused() throws Exception {
    var refused = put("a", BodyPublishers.ofString("x"), "Headway-Lease", id + ".other");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("LEASE_LOST");
  }

  @Test
  void upload_byTheOwner_isTakenUntilTheEnd() throws Exception {
    assertThat(put("a", BodyPublishers.ofString("mine")).statusCode()).isEqualTo(201);
    complete();
    var refused = put("a", BodyPublishers.ofString("late"));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("TOO_LATE");
    assertThat(get("a").body()).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "%E2%80%AEfdp.exe, 422, direction of writing",
    "a%2Fb, 400, encoded slashes",
    "%20, 422, one path segment",
  })
  void upload_underABadName_isRefused(String name, int status, String reason) throws Exception {
    var refused = put(name, "x");
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.body()).contains(reason);
  }

  @Test
  void upload_ofAnotherKind_isRefused() throws Exception {
    var body = BodyPublishers.ofString("{}");
    var refused = put("a", body, "Headway-Lease", lease, "Content-Type", "application/json");
    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(refused.body()).contains("application/octet-stream");
  }

  @Test
  void delete_ofAFileOrItsJob_leavesNothingOfIt() throws Exception {
    put("a", "1");
    put("b", "2");
    assertThat(server.call("DELETE", path("a"), null, null).statusCode()).isEqualTo(204);
    assertThat(get("a").statusCode()).isEqualTo(404);
    complete();

    assertThat(server.call("DELETE", "/jobs/" + id, null, null).statusCode()).isEqualTo(204);

    assertThat(get("b").statusCode()).isEqualTo(404);
    await().until(() -> Files.notExists(data.resolve("files").resolve(id)));
  }
}
