package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Answer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that cannot be planned is refused with all that is wrong, and leaves nothing behind. */
final class ScheduleInputTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String SCHEDULE = "/api/v1/schedule";

  @TempDir static Path directory;
  private static FillingServer server;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    server = new FillingServer(directory);
    token = server.signIn("ada@example.org");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(server.get("/api/v1/schedules", token).json().path("total").asInt()).isZero();
  }

  private static Answer csv(String text) {
    return server.upload(SCHEDULE, token, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> messages(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.json().path("code").asString()).isEqualTo("INVALID_INPUT");
    return answer.json().path("errors").values().stream()
        .map(error -> error.path("message").asString())
        .toList();
  }

  @Test
  void create_unknownField_isRefusedWithTheNearest() {
    var json = server.post(SCHEDULE, token, "{\"lots_dat\":[]}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.toString()).contains("Unknown field 'lots_dat'. Did you mean 'lots_data'?");
    var form = server.upload(SCHEDULE, token, new byte[0], "strateg", "best");
    assertThat(form.status()).isEqualTo(422);
    assertThat(form.toString()).contains("Did you mean 'strategy'?");
  }

  @Test
  void create_manyDefects_namesEachWithRowAndColumn() {
    var answer =
        csv("Lot ID,Type,Vials\nA,alpha,1000\nA,beta,-5\n,beta,10\nD,,many\nE,alpha,9000000\n");
    var places =
        answer.json().path("errors").values().stream()
            .map(error -> error.path("row").asInt() + " " + error.path("column").asString(""))
            .toList();
    assertThat(places)
        .containsExactly("3 Vials", "3 Lot ID", "4 Lot ID", "5 Type", "5 Vials", "6 ");
    assertThat(messages(answer, 400))
        .anyMatch(message -> message.contains("longer than the window"));
  }

  @Test
  void create_settingsLotsAndStrategyWrong_namesAllAtOnce() {
    var answer =
        server.post(
            SCHEDULE,
            token,
            """
            {"strategy": "fastest", "start_time": "tomorrow",
             "lots_data": [{"lot_id": "A", "lot_type": "x", "vials": "ten"}, 7],
             "config": {"window_hours": -1}}
            """);
    assertThat(messages(answer, 400)).hasSize(5);
    assertThat(answer.toString())
        .contains("Lot 2 must be an object, not a number", "\"field\":\"start_time\"");
  }

  @Test
  void create_wrongTypes_areAllNamed() {
    var answer =
        server.post(
            SCHEDULE,
            token,
            """
            {"name": 7, "strategy": [], "lots_data": {}, "config": "no", "start_time": 5,
             "defer_validation": 1}
            """);
    assertThat(messages(answer, 400)).hasSize(6);
  }

  @Test
  void create_unusableBodies_areRefused() {
    assertThat(server.post(SCHEDULE, token, "{\"lots_data\": [").status()).isEqualTo(400);
    assertThat(server.post(SCHEDULE, token, "[]").status()).isEqualTo(400);
    assertThat(server.post(SCHEDULE, token, "").status()).isEqualTo(400);
    assertThat(messages(server.post(SCHEDULE, token, "{}"), 400)).hasSize(1);
    assertThat(messages(server.post(SCHEDULE, token, "{\"lots_data\": []}"), 400))
        .singleElement()
        .asString()
        .contains("no lots");
    assertThat(messages(csv(""), 400)).hasSize(1);
    assertThat(messages(csv("Lot,Kind\nA,x\n"), 400)).hasSize(2);
    assertThat(messages(csv("Lot ID,Type,Vials\n\"A,x,1\n"), 400)).isNotEmpty();
  }

  @Test
  void create_tooManyLots_isRefused() {
    var lots =
        IntStream.rangeClosed(1, 5_001)
            .mapToObj(i -> "L%d,alpha,1000".formatted(i))
            .collect(Collectors.joining("\n", "Lot ID,Type,Vials\n", "\n"));
    assertThat(messages(csv(lots), 400)).singleElement().asString().contains("5,001 lots");
  }

  @Test
  void create_tooLarge_is413() {
    var file = new byte[10 * 1024 * 1024 + 1];
    Arrays.fill(file, (byte) 'x');
    var answer = server.upload(SCHEDULE, token, file);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("code").asString()).isEqualTo("TOO_LARGE");
  }

  @Test
  void create_strategyOfAnotherBuild_saysSo() {
    var answer =
        server.post(
            SCHEDULE,
            token,
            "{\"strategy\":\"optimal\",\"lots_data\":[{\"lot_id\":\"A\",\"type\":\"x\",\"vials\":1}]}");
    assertThat(messages(answer, 400))
        .singleElement()
        .asString()
        .startsWith("The strategy 'milp-opt' is not available in this build");
  }

  @Test
  void validate_soundAndUnsound_saysWhich() {
    var latin1 = "Lot ID,Type,Vials\nL1,Fl\u00fcssig,1000\n".getBytes(StandardCharsets.ISO_8859_1);
    var sound = server.upload(SCHEDULE + "/validate", token, latin1);
    assertThat(sound.status()).isEqualTo(200);
    assertThat(sound.json().path("valid").asBoolean()).isTrue();
    assertThat(sound.json().path("lots_count").asInt()).isEqualTo(1);
    assertThat(sound.json().path("warnings").size()).isEqualTo(1);
    var unsound =
        server.post(
            SCHEDULE + "/validate",
            token,
            "{\"lots_data\":[{\"lot_id\":\"A\",\"type\":\"x\",\"vials\":0},{\"lot_id\":\"B\",\"type\":\"x\",\"vials\":5}]}");
    assertThat(unsound.json().path("valid").asBoolean()).isFalse();
    assertThat(unsound.json().path("errors").path(0).path("row").asInt()).isEqualTo(1);
    assertThat(unsound.json().path("lots_count").asInt()).isEqualTo(1);
  }

  @Test
  void validate_fileOfAnotherCountry_showsTheServersOwnReading() {
    var text =
        "sep=;\r\nLot ID;Type;Vials;Note\r\n\u00C4-1;V;1000;\"a\nb\"\r\n\r\n\u00C4-2;V;x\r\n";
    var read = server.upload(SCHEDULE + "/validate", token, text.getBytes(WINDOWS_1252)).json();
    assertThat(read.path("errors").path(0).path("row").asInt()).isEqualTo(4);
    assertThat(read.path("preview").toString())
        .isEqualTo(
            "{\"header\":[\"Lot ID\",\"Type\",\"Vials\",\"Note\"],"
                + "\"rows\":[{\"row\":4,\"cells\":[\"\u00C4-2\",\"V\",\"x\"]}],\"rows_count\":2}");
  }

  @Test
  void validate_memberOfLotsThatIsNotKnown_isWarnedOf() {
    var read =
        server.post(
            SCHEDULE + "/validate",
            token,
            """
            {"lots_data": [
              {"lot_id": "A", "lot_type": "x", "vials": 1000, "quantity": 2000},
              {"lot_id": "B", "lot_type": "x", "vials": 1000, "prority": 5, "due": null}]}
            """);
    assertThat(read.json().path("valid").asBoolean()).isTrue();
    var warnings =
        read.json().path("warnings").values().stream()
            .map(warning -> "%s %s".formatted(warning.path("row"), warning.path("message")))
            .toList();
    assertThat(warnings)
        .containsExactly(
            "1 \"The member 'quantity' of lots is left out.\"",
            "2 \"The member 'prority' of lots is left out.\"");
  }

  @Test
  void create_twoStartTimes_areRefused() {
    var body =
        """
        {"start_time": "2027-01-01T06:00:00Z", "config": {"start_time": "2026-01-01T06:00:00Z"},
         "lots_data": [{"lot_id": "A", "lot_type": "x", "vials": 1000}]}
        """;
    assertThat(messages(server.post(SCHEDULE, token, body), 400))
        .containsExactly(
            "start_time and config.start_time are two moments ('2027-01-01T06:00:00Z' and"
                + " '2026-01-01T06:00:00Z'); give one.");
  }
}
