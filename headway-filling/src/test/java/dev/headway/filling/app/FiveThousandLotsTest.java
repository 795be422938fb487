package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest input, through the whole of it. */
final class FiveThousandLotsTest {
  @TempDir Path directory;

  private static byte[] lots() {
    var random = new Random(7);
    return IntStream.rangeClosed(1, 5_000)
        .mapToObj(i ->
            "LOT-%04d,type %d,%d".formatted(i, random.nextInt(4), 50_000 + random.nextInt(900_000)))
        .collect(Collectors.joining("\r\n", "Lot ID,Type,Vials\r\n", "\r\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void create_fiveThousandLots_isPlannedWithRisingProgress() throws Exception {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var answer = server.upload("/api/v1/schedule", token, lots(), "strategy", "cfs-pack");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
      var id = answer.json().path("id").asLong();
      try (var watcher = server.watch("schedule", id, token)) {
        assertThat(watcher.awaitClose().code()).isEqualTo(1000);
        var progress =
            watcher.seen().stream()
                .map(JsonCodec.mapper()::readTree)
                .map(frame -> frame.path("progress").asInt())
                .toList();
        assertThat(progress).isSorted().endsWith(100);
        assertThat(watcher.seen())
            .allSatisfy(frame -> assertThat(frame.length()).isLessThan(10_240));
      }
      var shown = server.get("/api/v1/schedule/" + id, token).json();
      assertThat(shown.path("lots_scheduled").asInt()).isEqualTo(5_000);
      assertThat(shown.path("gap").asDouble()).isBetween(0.0, 0.2);
      var csv = server.download("/api/v1/schedule/%d/export?format=csv".formatted(id), token);
      assertThat(new String(csv, StandardCharsets.UTF_8).lines())
          .hasSize(1 + shown.path("activities_json").size());
    }
  }
}
