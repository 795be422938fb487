package dev.headway.filling.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.input.StatedSettings;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalendarExportTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

  private static String calendar(String name, Lot... lots) throws IOException {
    var problem = new Problem(List.of(lots), Settings.withLines(1));
    var numbers = IntStream.range(0, lots.length).boxed().toList();
    var plan = new Plan(List.of(List.of(new Block(numbers))));
    var schedule = Schedule.of(problem, plan, START);
    var rules = StatedSettings.of(problem.settings(), START);
    var report = new ScheduleReport(name, "given", schedule, Kpis.of(schedule, 1), rules);
    var out = new ByteArrayOutputStream();
    CalendarExport.write(report, "job", Instant.parse("2026-11-20T12:00:00Z"), out);
    return out.toString(UTF_8);
  }

  @Test
  void write_twoLots_hasTheCleanAndBothFills() throws IOException {
    var text = calendar("Week 47", new Lot("A1", "A", 199_200), new Lot("A2", "A", 398_400));
    assertThat(text)
        .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        .endsWith("END:VCALENDAR\r\n")
        .contains("X-WR-TIMEZONE:UTC\r\n", "X-WR-CALDESC:Strategy: given\\nStart: ")
        .contains("SUMMARY:Line 1: clean\r\n", "CATEGORIES:CLEAN\r\n")
        .contains("UID:job-2@headway\r\nDTSTAMP:20261120T120000Z\r\nDTSTART:20261122T060000Z\r\n")
        .contains("DTEND:20261122T160000Z\r\nSUMMARY:Line 1: A1 (A)\r\n");
    assertThat(text.split("BEGIN:VEVENT", -1)).hasSize(1 + 3);
  }

  @Test
  void write_textsOfAnyKind_areEscapedAndFoldedBetweenCharacters() throws IOException {
    var text = calendar("a;b,c\\d\ne", new Lot("Ä".repeat(60), "T;1", 199_200));
    assertThat(text).contains("X-WR-CALNAME:a\\;b\\,c\\\\d\\ne\r\n");
    assertThat(text.lines().mapToInt(line -> line.getBytes(UTF_8).length))
        .allMatch(size -> size <= 75);
    assertThat(text.replace("\r\n ", ""))
        .contains("SUMMARY:Line 1: " + "Ä".repeat(60) + " (T\\;1)");
  }
}
