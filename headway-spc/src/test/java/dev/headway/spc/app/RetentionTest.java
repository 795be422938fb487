package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples are kept for as long as the settings say. */
final class RetentionTest {
  @TempDir private Path data = Path.of("");

  @Test
  void samples_olderThanTheSettingSays_areDeletedWithTheirViolations() throws Exception {
    oldSamples_areDeleted(SpcServer.Setup.sqlite(data), Duration.ofDays(30));
  }

  static void oldSamples_areDeleted(SpcServer.Setup setup, Duration keep) throws Exception {
    var now = Clock.systemUTC().instant();
    long id;
    long other;
    try (var spc = new SpcServer(setup)) {
      id = spc.limited("bore");
      other = spc.limited("shaft");
      // Six thousand of each: more than are deleted at a time. One value beyond the limits on each
      // side, and one jump that reaches from one side to the other.
      take(spc, id, other, now.minus(keep.plusDays(10)), 6_000);
      take(spc, id, other, now.minus(keep.minusDays(10)), 10);
      assertThat(total(spc, "/api/v1/violations?rule_id=1")).isEqualTo(6);
    }
    var preset = SpcSettings.DEFAULT;
    var forgetful =
        new SpcSettings(
            preset.heartbeatInterval(),
            preset.heartbeatTimeout(),
            keep,
            null,
            SampleTimes.DEFAULT,
            AlarmSettings.DEFAULT,
            false);
    try (var spc = new SpcServer(setup.with(forgetful))) {
      Awaitility.await()
          .untilAsserted(() -> assertThat(samples(spc, id) + samples(spc, other)).isEqualTo(20));
      assertThat(total(spc, "/api/v1/violations?rule_id=1")).isEqualTo(4);
      try (var watcher = spc.watch(id)) {
        assertThat(watcher.awaitText("\"sample\"")).contains("\"value\":14.0");
        spc.sample(id, 10).expect(201);
        watcher.awaitText("\"value\":10.0");
      }
    }
  }

  private static long samples(SpcServer spc, long id) throws Exception {
    return total(spc, "/api/v1/samples?limit=1&characteristic_id=" + id);
  }

  private static long total(SpcServer spc, String path) throws Exception {
    return spc.get(path).expect(200).body().get("total").asLong();
  }

  /** Samples of both in turn, a second apart, the last of each beyond its limits. */
  private static void take(SpcServer spc, long one, long other, Instant from, int count)
      throws Exception {
    var samples = new ArrayList<String>();
    for (var at = 0; at < count; at++) {
      var value = at == count - 1 ? 14 : 9.5 + at % 3 * 0.5;
      for (var id : new long[] {one, other}) {
        samples.add(
            "{\"characteristic_id\":%d,\"measurements\":[%s],\"timestamp\":\"%s\"}"
                .formatted(id, value, from.plusSeconds(at)));
      }
      if (samples.size() >= 10_000 || at == count - 1) {
        var body = "{\"samples\":[%s]}".formatted(String.join(",", samples));
        spc.post("/api/v1/samples/batch?synchronous=true", body).expect(201);
        samples.clear();
      }
    }
  }
}
