package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates, lines, calendars and locks, by JSON and by file, through the server. */
final class PlannersTermsTest {
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

  private static List<String> errors(String config, String lots) {
    var body = "{\"config\": %s, \"lots_data\": [%s]}".formatted(config, lots);
    var before = server.get("/api/v1/schedules", token).json().path("total").asInt();
    var answer = server.post(SCHEDULE, token, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(server.get("/api/v1/schedules", token).json().path("total").asInt())
        .isEqualTo(before);
    return answer.json().path("errors").values().stream()
        .map(error -> error.path("message").asString())
        .toList();
  }

  private static String lot(String id, String members) {
    return """
    {"lot_id": "%s", "lot_type": "x", "vials": 19920 %s}
    """
        .formatted(id, members);
  }

  @Test
  void create_fileWithDatesAndLines_keepsThemAndCountsTardiness() {
    var csv =
        """
        Lot ID;Type;Vials;Release;Due;Priority;Lines
        A;x;199200;;2026-11-24;2;Line 2
        B;x;199200;24.11.2026 08:00;;;
        C;x;199200;;2026-11-23 12:00;3;
        """;
    var answer =
        server.upload(
            SCHEDULE,
            token,
            csv.getBytes(StandardCharsets.UTF_8),
            "config",
            "{\"lines\":2,\"time_zone\":\"Europe/Berlin\",\"start_time\":\"2026-11-23T00:00\"}");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    var id = answer.json().path("id").asLong();
    server.awaitEnd("schedule", id, token);
    var shown = server.get(SCHEDULE + "/" + id, token).json();
    var fills =
        shown.path("activities_json").values().stream()
            .filter(activity -> activity.path("kind").asString().equals("FILL"))
            .map(fill ->
                "%s %s %s %s"
                    .formatted(
                        fill.path("lot_id").asString(),
                        fill.path("line").asString(),
                        fill.path("start").asString(),
                        fill.path("tardiness_hours").asString("-")))
            .toList();
    assertThat(fills)
        .containsExactlyInAnyOrder(
            "A Line 2 2026-11-23T23:00:00.000Z 0.0",
            "B Line 1 2026-11-24T13:00:00.000Z -",
            "C Line 1 2026-11-23T23:00:00.000Z 22.0");
    var kpis = shown.path("kpis_json");
    var late = kpis.path("lateness");
    assertThat(late.path("late_lots").asInt()).isEqualTo(1);
    assertThat(late.path("weighted_tardiness_hours").asDouble()).isEqualTo(3 * 22);
    assertThat(late.path("cost_hours").asDouble())
        .isEqualTo(kpis.path("makespan_hours").asDouble() + 66);
  }

  @Test
  void create_datesAndLinesThatCannotBe_areAllNamed() {
    var lots =
        lot("A", ", \"release\": \"2026-12-02\", \"due\": \"2026-12-01\"")
            + ","
            + lot("B", ", \"due\": \"9999-01-01\"")
            + ","
            + lot("C", ", \"due\": \"12/05/2026\", \"priority\": 1.5")
            + ","
            + lot("D", ", \"lines\": [\"Line 9\"]")
            + ","
            + lot("E", ", \"after\": \"nobody\"")
            + ","
            + lot("F", ", \"release\": \"2026-03-29T02:30\"")
            + ","
            + lot("G", ", \"release\": \"2026-10-25T02:30\"");
    assertThat(errors("{\"time_zone\": \"Europe/Berlin\"}", lots))
        .anyMatch(message -> message.matches("due .* must be after the release .*"))
        .anyMatch(message -> message.contains("due must be from 1970 to 2199, not '9999-01-01'"))
        .anyMatch(message -> message.contains("due must have the year first, such as 2026-11-21"))
        .anyMatch(message -> message.contains("priority must be a whole number from 0 to 1,000"))
        .anyMatch(message -> message.contains("'Line 9', which is no line; lines are: Line 1"))
        .anyMatch(message -> message.contains("'nobody', which is not among the lots"))
        .anyMatch(message -> message.contains("clocks go forward"))
        .anyMatch(message -> message.contains("must have an offset, +02:00 or +01:00"));
  }

  @Test
  void create_calendarsThatCannotBe_areAllNamed() {
    var config =
        """
        {"time_zone": "Berlin", "lines": [
          {"shifts": []},
          {"shutdowns": [{"from": "2026-12-24", "to": "2026-12-20"}, {"from": "x", "to": "2026-12-20"}]}]}
        """;
    assertThat(errors(config, lot("A", "")))
        .anyMatch(message -> message.contains("time_zone must be a name such as Europe/Berlin"))
        .anyMatch(message -> message.contains("has no working hour; give a shift"))
        .anyMatch(message -> message.contains("A shutdown ends (2026-12-20) after it begins"))
        .anyMatch(message -> message.contains("from must be a date such as"));
    assertThat(
            errors(
                "{\"shutdowns\": [{\"from\": \"2020-01-01\", \"to\": \"2199-01-01\"}]}",
                lot("A", "")))
        .singleElement()
        .asString()
        .contains("The calendar of 'Line 1' has no working hour after the schedule's start");
    assertThat(errors("{\"shifts\": [{\"from\": \"06:00\", \"to\": \"14:00\"}]}", lot("A", "")))
        .singleElement()
        .asString()
        .contains("no working time as long as a clean, 24.00 h");
    assertThat(
            errors(
                "{\"clean_hours\": 2, \"shifts\": [{\"from\": \"06:00\", \"to\": \"14:00\"}]}",
                lot("A", ", \"fill_hours\": 9")))
        .singleElement()
        .asString()
        .contains("takes 9.00 h to fill, which fits no working time");
  }

  @Test
  void create_locksThatCollide_areNamed() {
    var config = "{\"start_time\": \"2026-11-23T00:00:00Z\"}";
    var two =
        lot("A", ", \"locked_start\": \"2026-11-24T06:00Z\"")
            + ","
            + lot("B", ", \"locked_start\": \"2026-11-24T08:00Z\"");
    assertThat(errors(config, two))
        .singleElement()
        .asString()
        .contains("Lot 'B' is locked at 2026-11-24T08:00:00Z, but 'A' is filled until");
    assertThat(errors(config, lot("A", ", \"locked_start\": \"2026-11-23T06:00Z\"")))
        .singleElement()
        .asString()
        .contains("cannot begin at 2026-11-23T06:00:00Z");
    var circle = lot("A", ", \"after\": \"B\"") + "," + lot("B", ", \"after\": \"A\"");
    assertThat(errors(config, circle))
        .hasSize(2)
        .allMatch(message -> message.contains("comes after itself"));
    assertThat(
            errors(
                "{\"lines\": 2, \"start_time\": \"2026-11-23T00:00:00Z\"}",
                lot("A", ", \"locked_start\": \"2026-11-24T06:00Z\"")))
        .singleElement()
        .asString()
        .contains("needs one line");
  }
}
