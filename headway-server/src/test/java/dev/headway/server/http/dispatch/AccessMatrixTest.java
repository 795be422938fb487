package dev.headway.server.http.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Access rights: every operation by every kind of caller. */
class AccessMatrixTest {
  private static final String MATRIX =
      """
      operation          remote local forwarded bad expired revoked watch user worker engineer admin
      submitJob          401    ok    401       401 401     401     403   ok   ok     ok       ok
      submitJobs         401    ok    401       401 401     401     403   ok   ok     ok       ok
      listJobs           401    ok    401       401 401     401     403   ok   ok     ok       ok
      getJob             401    ok    401       401 401     401     ok    ok   ok     ok       ok
      deleteJob          401    ok    401       401 401     401     403   ok   ok     ok       ok
      cancelJob          401    ok    401       401 401     401     403   ok   ok     ok       ok
      retryJob           401    ok    401       401 401     401     403   ok   ok     ok       ok
      claimJob           401    ok    401       401 401     401     403   ok   ok     ok       ok
      reportProgress     401    ok    401       401 401     401     403   ok   ok     ok       ok
      reportAll          401    ok    401       401 401     401     403   ok   ok     ok       ok
      completeJob        401    ok    401       401 401     401     403   ok   ok     ok       ok
      failJob            401    ok    401       401 401     401     403   ok   ok     ok       ok
      acknowledgeCancel  401    ok    401       401 401     401     403   ok   ok     ok       ok
      readLog            401    ok    401       401 401     401     ok    ok   ok     ok       ok
      appendLog          401    ok    401       401 401     401     403   ok   ok     ok       ok
      listFiles          401    ok    401       401 401     401     ok    ok   ok     ok       ok
      uploadFile         401    ok    401       401 401     401     403   ok   ok     ok       ok
      downloadFile       401    ok    401       401 401     401     ok    ok   ok     ok       ok
      deleteFile         401    ok    401       401 401     401     403   ok   ok     ok       ok
      linkFile           401    401   401       401 401     401     403   ok   ok     ok       ok
      jobEvents          401    ok    401       401 401     401     ok    ok   ok     ok       ok
      topicEvents        401    ok    401       401 401     401     ok    ok   ok     ok       ok
      mcp                401    ok    401       401 401     401     403   ok   ok     ok       ok
      register           ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      login              ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      me                 401    401   401       401 401     401     403   ok   ok     ok       ok
      refresh            401    401   401       401 401     401     403   ok   ok     ok       ok
      logout             401    401   401       401 401     401     ok    ok   ok     ok       ok
      changePassword     401    401   401       401 401     401     403   ok   ok     ok       ok
      createKey          401    401   401       401 401     401     403   ok   ok     ok       ok
      listKeys           401    401   401       401 401     401     403   ok   ok     ok       ok
      deleteKey          401    401   401       401 401     401     403   ok   ok     ok       ok
      createWatchToken   401    401   401       401 401     401     403   ok   ok     ok       ok
      createLink         401    401   401       401 401     401     403   ok   ok     ok       ok
      endLink            401    401   401       401 401     401     403   ok   ok     ok       ok
      addNotificationRule 401   401   401       401 401     401     403   ok   ok     ok       ok
      listNotificationRules 401 401   401       401 401     401     403   ok   ok     ok       ok
      removeNotificationRule 401 401  401       401 401     401     403   ok   ok     ok       ok
      registration       ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      listTokens         401    401   401       401 401     401     403   ok   ok     ok       ok
      endToken           401    401   401       401 401     401     403   ok   ok     ok       ok
      signOutEverywhere  401    401   401       401 401     401     403   ok   ok     ok       ok
      listUsers          401    401   401       401 401     401     403   403  403    403      ok
      addUser            401    401   401       401 401     401     403   403  403    403      ok
      getUser            401    401   401       401 401     401     403   403  403    403      ok
      changeUser         401    401   401       401 401     401     403   403  403    403      ok
      removeUser         401    401   401       401 401     401     403   403  403    403      ok
      listTokensOfUser   401    401   401       401 401     401     403   403  403    403      ok
      listAccountAudit   401    401   401       401 401     401     403   403  403    403      ok
      sendNotice         401    401   401       401 401     401     403   403  403    403      ok
      serverStatus       401    401   401       401 401     401     403   403  403    403      ok
      listQueues         401    401   401       401 401     401     403   403  403    403      ok
      changeQueue        401    401   401       401 401     401     403   403  403    403      ok
      health             ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      ready              ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      metrics            401    ok    401       401 401     401     403   ok   ok     ok       ok
      openapiYaml        ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      openapiJson        ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      asyncapiYaml       ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      docs               ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      docsFile           ok     ok    ok        ok  ok      ok      ok    ok   ok     ok       ok
      """;

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("submitJob", "{\"job_type\":\"x\"}"),
          Map.entry("submitJobs", "{\"jobs\":[{\"job_type\":\"x\",\"external\":true}]}"),
          Map.entry("changeQueue", "{\"paused\":true}"),
          Map.entry("reportAll", "{\"reports\":[{}]}"),
          Map.entry("claimJob", "{\"worker_id\":\"w\"}"),
          Map.entry("reportProgress", "{\"lease\":\"l\",\"progress\":5}"),
          Map.entry("completeJob", "{\"lease\":\"l\",\"result\":[]}"),
          Map.entry("failJob", "{\"lease\":\"l\",\"error\":\"e\"}"),
          Map.entry("acknowledgeCancel", "{\"lease\":\"l\"}"),
          Map.entry("appendLog", "{\"lines\":[\"a\",{\"text\":\"b\",\"stream\":\"stderr\"}]}"),
          Map.entry("register", "{\"email\":\"a@b\",\"password\":\"12345678\"}"),
          Map.entry("login", "{\"username\":\"a@b\",\"password\":\"12345678\"}"),
          Map.entry("changePassword", "{\"old\":\"1\",\"new\":\"12345678\"}"),
          Map.entry("createKey", "{\"name\":\"k\",\"role\":\"worker\"}"),
          Map.entry("addUser", "{\"email\":\"a@b\",\"password\":\"12345678\"}"),
          Map.entry("changeUser", "{\"is_active\":false}"),
          Map.entry("createWatchToken", "{\"topics\":[\"schedule:12\"]}"),
          Map.entry("createLink", "{\"topic\":\"tag:press\"}"),
          Map.entry("addNotificationRule", "{\"callback_url\":\"https://example.org/told\"}"),
          Map.entry("mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"),
          Map.entry("sendNotice", "{\"message\":\"m\"}"));

  /** Operations on things with numbers. */
  private static final Set<String> NUMBERED =
      Set.of("deleteKey", "getUser", "changeUser", "removeUser", "listTokensOfUser");

  private final Served loopback = Served.onLoopback();
  private final Served open = Served.onAllAddresses();

  @Test
  void matrix_operations_areAllOfTheDocument() {
    var listed = new TreeSet<>(rows().map(List::getFirst).toList());

    assertThat(listed).isEqualTo(new TreeSet<>(loopback.document.operations().keySet()));
  }

  @TestFactory
  Stream<DynamicTest> everyOperation_everyCaller_answersAsTheMatrixSays() {
    var callers = List.of(MATRIX.lines().findFirst().orElseThrow().split("\\s+"));
    return rows()
        .flatMap(row ->
            Stream.iterate(1, column -> column < row.size(), column -> column + 1)
                .map(column -> test(row.getFirst(), callers.get(column), row.get(column))));
  }

  private DynamicTest test(String operation, String caller, String expected) {
    return DynamicTest.dynamicTest(
        operation + " by " + caller,
        () -> {
          var answer = call(operation, caller).send();
          var status = answer.status() == 204 ? "ok" : Integer.toString(answer.status());
          assertThat(status).isEqualTo(expected);
          if (answer.status() == 401) {
            assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
          }
        });
  }

  private static Stream<List<String>> rows() {
    return MATRIX.lines().skip(1).map(line -> List.of(line.split("\\s+")));
  }

  private Served.Call call(String id, String caller) {
    var server = caller.equals("remote") ? open : loopback;
    var operation = Objects.requireNonNull(loopback.document.operations().get(id));
    var path =
        operation
            .template()
            .replace("{file}", "docs.js")
            .replace("{topic}", "schedule:12")
            .replace("{queue}", "gpu")
            .replace("{name}", "plan.pdf")
            .replace("{id}", NUMBERED.contains(id) ? "3" : Served.JOB.substring(13));
    var call = server.call(operation.method(), path);
    var body = BODIES.get(id);
    var sent = body == null ? call : call.json(body);
    return switch (caller) {
      case "remote", "local" -> sent;
      case "forwarded" -> sent.header("x-forwarded-for", "203.0.113.7");
      default -> sent.token(caller);
    };
  }
}
