package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.contract.Operation;
import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access to every route and both sockets: every caller tries every operation. */
final class SpcAccessTest {
  private static final String OPERATIONS =
      """
      listCharacteristics     everybody
      getCharacteristic       everybody
      getLimits               everybody
      getRules                everybody
      chartData               everybody
      capability              everybody
      ewmaChart               everybody
      cusumChart              everybody
      shortRunChart           everybody
      listSamples             everybody
      createSample            everybody
      createSamples           everybody
      importSamples           everybody
      listViolations          everybody
      violationStats          everybody
      reasonCodes             everybody
      acknowledgeViolation    everybody
      acknowledgeViolations   everybody
      listAudit               everybody
      createCharacteristic    engineers
      changeCharacteristic    engineers
      deleteCharacteristic    engineers
      setLimits               engineers
      recalculateLimits       engineers
      setRules                engineers
      excludeSample           engineers
      correctSample           engineers
      deleteSample            engineers
      listStages              everybody
      beginStage              engineers
      changeStage             engineers
      removeStage             engineers
      listSources             everybody
      previewSource           everybody
      createSource            engineers
      changeSource            engineers
      deleteSource            engineers
      previewFile             everybody
      listSignals             everybody
      createSignal            engineers
      changeSignal            engineers
      deleteSignal            engineers
      listRefusedMessages     everybody
      retryRefusedMessage     engineers
      deleteRefusedMessage    engineers
      listAlarmReceivers      engineers
      createAlarmReceiver     engineers
      changeAlarmReceiver     engineers
      deleteAlarmReceiver     engineers
      testAlarmReceiver       engineers
      violationAlarms         everybody
      closeViolation          everybody
      verifyAudit             engineers
      getViolation            everybody
      chartHistory            everybody
      exportSamples           everybody
      overview                everybody
      annotateSample          everybody
      listAnnotations         everybody
      removeAnnotation        engineers
      """;

  private static final String RECEIVER =
      "{\"name\":\"x\",\"kind\":\"webhook\",\"address\":\"no address\"}";

  private static final Map<String, String> TYPES =
      Map.of(
          "importSamples",
          "text/csv",
          "previewSource",
          "text/csv",
          "previewFile",
          "multipart/form-data; boundary=x");

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("createSample", "{\"characteristic_id\":4711,\"measurements\":[1]}"),
          Map.entry("createSamples", "{\"samples\":[{}]}"),
          Map.entry("importSamples", "no such column\n1\n"),
          Map.entry("acknowledgeViolation", "{\"reason\":\"material\"}"),
          Map.entry("acknowledgeViolations", "{\"violation_ids\":[4711],\"reason\":\"material\"}"),
          Map.entry("createCharacteristic", "{}"),
          Map.entry("changeCharacteristic", "{}"),
          Map.entry("setLimits", "{}"),
          Map.entry("recalculateLimits", "{}"),
          Map.entry("setRules", "{}"),
          Map.entry("correctSample", "{\"reason\":\"x\"}"),
          Map.entry("annotateSample", "{\"text\":\"gauge changed\"}"),
          Map.entry("beginStage", "{}"),
          Map.entry("changeStage", "{}"),
          Map.entry("createSource", "{}"),
          Map.entry("changeSource", "{}"),
          Map.entry("previewSource", "value\n1\n"),
          Map.entry("previewFile", "--x--\r\n"),
          Map.entry("createSignal", "{\"topic\":\"a\",\"characteristic_id\":4711}"),
          Map.entry("changeSignal", "{\"topic\":\"a\",\"characteristic_id\":4711}"),
          Map.entry("createAlarmReceiver", RECEIVER),
          Map.entry("changeAlarmReceiver", RECEIVER),
          Map.entry("closeViolation", "{\"cause\":\"material\",\"action\":\"replaced\"}"));

  @TempDir private static Path data = Path.of("");
  private static SpcServer open;
  private static SpcServer closed;
  private static final OpenApiDocument DOCUMENT =
      OpenApiDocument.load(List.of("/dev/headway/spc/openapi.yaml"));
  private static Map<String, String> tokens;
  private static long characteristic;

  @BeforeAll
  static void start() throws Exception {
    open = new SpcServer(data.resolve("open"));
    characteristic = open.limited("bore");
    closed = new SpcServer(SpcServer.Setup.sqlite(data.resolve("closed")).closedToAnonymous());
    var user = closed.signIn("user@example.org", Role.USER);
    var engineer = closed.signIn("engineer@example.org", SpcApplication.ENGINEER);
    var bore =
        closed
            .call("POST", "/api/v1/characteristics", engineer, "{\"name\":\"bore\"}")
            .expect(201)
            .id("id");
    assertThat(bore).isEqualTo(characteristic);
    var watched = "{\"topics\":[\"characteristic:%d\"]}".formatted(bore);
    var watcher = closed.call("POST", "/api/v1/watch-tokens", user, watched).expect(201).body();
    tokens =
        Map.of(
            "user",
            user,
            "worker",
            closed.signIn("worker@example.org", Role.WORKER),
            "engineer",
            engineer,
            "admin",
            closed.signIn("admin@example.org", Role.ADMIN),
            "watcher",
            watcher.get("token").asString(),
            "bad",
            "nonsense");
  }

  @AfterAll
  static void stop() {
    open.close();
    closed.close();
  }

  @Test
  void operations_areAllOfTheDocument() {
    var listed = OPERATIONS.lines().map(line -> line.split(" +", -1)[0]).toList();
    var described =
        DOCUMENT.operations().values().stream()
            .filter(operation ->
                operation.definition().at("/tags/0").asString("").equals("process-control"))
            .map(Operation::id)
            .toList();
    assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(described));
  }

  @ParameterizedTest
  @CsvSource({
    // caller, what everybody may, what engineers may; 0: past the door
    "user, 0, 403",
    "worker, 0, 403",
    "engineer, 0, 0",
    "admin, 0, 0",
    "watcher, 403, 403",
    "bad, 401, 401",
    "nobody, 401, 401",
    "local, 0, 0"
  })
  void everyOperation_byACaller_isWhatTheirRoleMay(String caller, int everybody, int engineers)
      throws Exception {
    for (var line : OPERATIONS.lines().toList()) {
      var operation = line.split(" +", -1);
      var expected = operation[1].equals("everybody") ? everybody : engineers;
      var status = status(operation[0], caller);
      var shown = status == 401 || status == 403 ? status : 0;
      assertThat(shown).as(operation[0] + " by " + caller).isEqualTo(expected);
      assertThat(status).as(operation[0] + " by " + caller).isLessThan(500);
    }
  }

  /* Of what does not exist, so that nothing changes; whether it exists is seen behind the door. */
  private static int status(String id, String caller) throws Exception {
    var operation = Objects.requireNonNull(DOCUMENT.operations().get(id));
    var path =
        operation.template().replace("{id}", "4711").replace("{stage_id}", "4711")
            + (id.equals("listSamples") ? "?characteristic_id=1" : "");
    var server = caller.equals("local") ? open : closed;
    var type = TYPES.getOrDefault(id, "application/json");
    return server.call(operation.method(), path, tokens.get(caller), BODIES.get(id), type).status();
  }

  @ParameterizedTest
  @CsvSource({"/ws", "/ws/samples"})
  void socket_everyCaller_watchesWhatIsTheirs(String path) {
    for (var caller : List.of("user", "worker", "engineer", "admin", "watcher")) {
      assertThat(subscribed(path, tokens.get(caller), characteristic))
          .as(caller)
          .contains("\"subscribed\"", "[" + characteristic + "]");
    }
    assertThat(subscribed(path, tokens.get("watcher"), 4711)).contains("Unknown characteristics");
    for (var caller : List.of("bad", "nobody")) {
      assertThat(subscribed(path, tokens.get(caller), characteristic))
          .as(caller)
          .isEqualTo("{\"type\":\"error\",\"message\":\"Not authenticated\"}");
    }
  }

  private static String subscribed(String path, @Nullable String token, long id) {
    var query = token == null ? "" : "?token=" + token;
    try (var watcher = RecordingWatcher.connect(closed.socket(path + query))) {
      subscribe(watcher, id);
      return watcher.next();
    }
  }

  /* Who is refused may have been told so, and been closed, before this is sent. */
  private static void subscribe(RecordingWatcher watcher, long id) {
    try {
      watcher.send("{\"type\":\"subscribe\",\"characteristic_ids\":[%d]}".formatted(id));
    } catch (CompletionException refused) {
      assertThat(refused).hasMessageContaining("Output closed");
    }
  }
}
