package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Model Context Protocol, spoken by the client of its Java SDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class McpTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private TestServer server;
  private String ada;
  private McpSyncClient client;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(data, TestServer::closedToAnonymous);
    ada = server.signIn("ada@example.org");
    client = client(ada);
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  private McpSyncClient client(String token) {
    var authorized = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    var transport =
        HttpClientStreamableHttpTransport.builder(server.server.url())
            .endpoint("/mcp")
            .requestBuilder(authorized)
            .build();
    var made =
        McpClient.sync(transport).requestTimeout(PATIENCE).initializationTimeout(PATIENCE).build();
    made.initialize();
    return made;
  }

  private static JsonNode call(McpSyncClient caller, String tool, Map<String, Object> arguments) {
    var answer = caller.callTool(request(tool, arguments));
    assertThat(answer.isError()).as(text(answer)).isFalse();
    return JsonCodec.mapper().valueToTree(answer.structuredContent());
  }

  private static McpSchema.CallToolRequest request(String tool, Map<String, Object> arguments) {
    return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private static String text(McpSchema.CallToolResult answer) {
    return ((McpSchema.TextContent) answer.content().getFirst()).text();
  }

  private static String refused(McpSyncClient caller, String tool, Map<String, Object> arguments) {
    var answer = caller.callTool(request(tool, arguments));
    assertThat(answer.isError()).isTrue();
    return text(answer);
  }

  private JsonNode submitted(Map<String, Object> more) {
    var wanted = new HashMap<String, Object>(more);
    wanted.put("job_type", "probe");
    return call(client, "submit_job", wanted);
  }

  private void end(JsonNode job, String how, String body) throws Exception {
    var path = "/jobs/" + job.path("id").asString() + "/" + how;
    var lease = job.path("lease").asString();
    var answer = server.call("POST", path, ada, body.formatted(lease));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void initialize_bySdk_agreesOnItsNewestVersionAndNamesTheTools() {
    var agreed = client.getCurrentInitializationResult();
    assertThat(agreed.protocolVersion()).isEqualTo("2025-11-25");
    assertThat(agreed.serverInfo().name()).isEqualTo("headway");
    assertThat(client.listTools().tools())
        .extracting(McpSchema.Tool::name)
        .containsExactly(
            "list_jobs", "watch_job", "explain_job", "submit_job", "cancel_job", "retry_job");
    assertThat(client.ping()).isNotNull();
  }

  @Test
  void submit_thenList_showsTheCallersJobsAlone() throws Exception {
    var job = submitted(Map.of("external", true, "tags", List.of("mcp-list"), "name", "Probe 7"));
    var bob = server.signIn("bob@example.org");

    var listed = call(client, "list_jobs", Map.of("tag", "mcp-list", "status", "queued"));

    assertThat(listed.path("jobs").size()).isEqualTo(1);
    assertThat(listed.at("/jobs/0/name").asString()).isEqualTo("Probe 7");
    try (var other = client(bob)) {
      assertThat(call(other, "list_jobs", Map.of()).path("jobs").size()).isZero();
      var id = Map.<String, Object>of("job_id", job.path("id").asString());
      assertThat(refused(other, "watch_job", id)).contains("not found");
      assertThat(refused(other, "cancel_job", id)).contains("not found");
      assertThat(refused(other, "explain_job", id)).contains("not found");
    }
  }

  @Test
  void watch_untilTheEnd_isToldItWhenItHappens() throws Exception {
    var job = submitted(Map.of("start", true));
    var watched = Map.<String, Object>of("job_id", job.path("id").asString(), "wait_seconds", 60);
    var present = call(client, "watch_job", Map.of("job_id", job.path("id").asString()));
    assertThat(present.path("status").asString()).isEqualTo("in_progress");
    // The client finishes its calls on the common pool, which may have a single thread.
    var waiting =
        CompletableFuture.supplyAsync(
            () -> call(client, "watch_job", watched), task -> Thread.ofVirtual().start(task));

    end(job, "complete", "{\"lease\":\"%s\",\"result\":{\"rows\":7}}");

    assertThat(waiting.join().at("/result_payload/rows").asInt()).isEqualTo(7);
    var impatient = Map.<String, Object>of("job_id", "x", "wait_seconds", 61);
    assertThat(refused(client, "watch_job", impatient))
        .isEqualTo("wait_seconds (61) must be at most 60");
  }

  @Test
  void explain_failedJob_saysWhyWithTheEndOfItsLog() throws Exception {
    var job = submitted(Map.of("start", true, "name", "Import", "steps", List.of("read", "write")));
    end(
        job,
        "progress",
        "{\"lease\":\"%s\",\"progress\":40,\"stage\":\"read\",\"message\":\"row 4\"}");
    var lines = new StringBuilder();
    for (var line = 1; line <= 30; line++) {
      lines.append(lines.isEmpty() ? "" : ",").append("\"line ").append(line).append('"');
    }
    end(job, "logs", "{\"lease\":\"%s\",\"lines\":[" + lines + "]}");
    end(job, "fail", "{\"lease\":\"%s\",\"error\":\"The disk is full\",\"retryable\":false}");

    var arguments = Map.<String, Object>of("job_id", job.path("id").asString());
    var answer = client.callTool(request("explain_job", arguments));

    assertThat(text(answer))
        .contains("Import failed at ", "The disk is full", "40 %", "“read”", "“row 4”", "line 30")
        .doesNotContain("line 10\n");
    var again = call(client, "retry_job", arguments);
    assertThat(again.path("retry_of").asString()).isEqualTo(job.path("id").asString());
    var waits = Map.<String, Object>of("job_id", again.path("id").asString());
    assertThat(text(client.callTool(request("explain_job", waits)))).contains("waits in the queue");
  }

  @Test
  void cancel_queuedJob_isCancelledAndLaterTooLate() {
    var job = submitted(Map.of("external", true));
    var id = Map.<String, Object>of("job_id", job.path("id").asString());

    assertThat(call(client, "cancel_job", id).path("status").asString()).isEqualTo("cancelled");
    assertThat(refused(client, "cancel_job", id)).contains("already");
  }

  @Test
  void call_badArguments_namesEachAndItsRemedy() {
    var wrong =
        Map.<String, Object>of(
            "job_type", "probe", "external", true, "prority", 1, "max_attempts", 0);

    assertThat(refused(client, "submit_job", wrong)).contains("prority", "max_attempts");
    assertThat(refused(client, "list_jobs", Map.of("colour", "red"))).contains("colour");
    assertThat(refused(client, "watch_job", Map.of())).isEqualTo("job_id is missing");
    assertThat(refused(client, "list_jobs", Map.of("status", List.of("queued"))))
        .isEqualTo("status ([\"queued\"]) must be a text");
    assertThat(refused(client, "cancel_job", Map.of("id", "x")))
        .contains("job_id is missing", "Unknown field 'id'");
    assertThat(refused(client, "watch_job", Map.of("job_id", "x", "wait_seconds", "soon")))
        .isEqualTo("wait_seconds (\"soon\") must be a whole number");
  }

  @Test
  void message_ofOtherKinds_isAnsweredAsTheProtocolHasIt() throws Exception {
    assertThat(post("{'jsonrpc':'2.0','method':'notifications/initialized'}", null, 202)).isEmpty();
    assertThat(post("{'jsonrpc':'2.0','id':'a','method':'resources/list'}", null, 200))
        .contains("\"id\":\"a\"", "-32601");
    assertThat(
            post(
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'rm'}}", null, 200))
        .contains("-32602", "rm");
    assertThat(post("{'jsonrpc':'2.0','id':1,'method':'ping'}", "1999-01-01", 400))
        .contains("2025-11-25");
    assertThat(
            post(
                "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'1999-01-01'}}",
                null,
                200))
        .contains("\"protocolVersion\":\"2025-11-25\"");
    assertThat(server.call("GET", "/mcp", ada, null).statusCode()).isEqualTo(405);
    assertThat(server.call("POST", "/mcp", null, "{}").statusCode()).isEqualTo(401);
  }

  private String post(String message, @Nullable String version, int status) throws Exception {
    var body = message.replace('\'', '"');
    var answer =
        version == null
            ? server.call("POST", "/mcp", ada, body)
            : server.call("POST", "/mcp", ada, body, "MCP-Protocol-Version", version);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }
}
