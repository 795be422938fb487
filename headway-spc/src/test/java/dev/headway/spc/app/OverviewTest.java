package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All characteristics by one request, and what changes at them by one topic. */
final class OverviewTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private RecordingWatcher watch() {
    var watcher = RecordingWatcher.connect(spc.socket("/api/v1/stream"));
    watcher.send("{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"characteristics:all\"}]}");
    watcher.awaitText("/api/v1/characteristics/overview");
    return watcher;
  }

  private JsonNode overview() throws Exception {
    return spc.get("/api/v1/characteristics/overview").expect(200).body();
  }

  @Test
  void overview_hasTheStateOfEach() throws Exception {
    var bore = spc.limited("bore");
    spc.characteristic("pitch");
    spc.sample(bore, 10.5).expect(201);
    spc.sample(bore, 99).expect(201);
    var all = overview();
    assertThat(all.get("total").asInt()).isEqualTo(2);
    var first = all.at("/characteristics/0");
    assertThat(first.get("name").asString()).isEqualTo("bore");
    assertThat(first.get("value").asDouble()).isEqualTo(99);
    assertThat(first.get("in_control").asBoolean(true)).isFalse();
    assertThat(first.get("open").asInt()).isEqualTo(2);
    assertThat(first.get("worst").asString()).isEqualTo("CRITICAL");
    assertThat(first.get("ucl").asDouble()).isEqualTo(13);
    assertThat(first.get("values").valueStream().map(JsonNode::asDouble))
        .containsExactly(10.5, 99.0);
    var second = all.at("/characteristics/1");
    assertThat(second.get("in_control").isNull()).isTrue();
    assertThat(second.get("value").isNull()).isTrue();
    assertThat(second.get("worst").isNull()).isTrue();
  }

  @Test
  void topic_tellsOfSamplesAcknowledgmentsNewAndDeletedOnes() throws Exception {
    var bore = spc.limited("bore");
    try (var watcher = watch()) {
      var violation =
          spc.sample(bore, 99).expect(201).body().at("/violations/0/violation_id").asLong();
      watcher.await(frame -> frame.contains("\"overview\"") && frame.contains("\"open\":1"));
      spc.post("/api/v1/violations/%d/acknowledge".formatted(violation), "{\"reason\":\"seen\"}")
          .expect(200);
      watcher.await(frame -> frame.contains("\"overview\"") && frame.contains("\"open\":0"));
      var other = spc.characteristic("pitch");
      watcher.await(frame -> frame.contains("\"overview\"") && frame.contains("\"id\":" + other));
      spc.call("DELETE", "/api/v1/characteristics/" + other, null, null).expect(204);
      watcher.await(frame -> frame.contains("\"deleted\":[%d]".formatted(other)));
    }
  }

  @Test
  void topic_afterManyChanges_tellsAllInFewFrames() throws Exception {
    for (var number = 0; number < 60; number++) {
      spc.limited("number " + number);
    }
    var ids = new ArrayList<Long>();
    for (var one : overview().get("characteristics")) {
      ids.add(one.get("id").asLong());
    }
    var all = ids.stream().map(one -> SpcServer.sampleJson(one, 10.25)).toList();
    try (var watcher = watch()) {
      spc.post(
              "/api/v1/samples/batch?synchronous=true",
              "{\"samples\":[%s]}".formatted(String.join(",", all)))
          .expect(201);
      var missing = new HashSet<>(ids);
      var frames = new AtomicInteger();
      watcher.await(frame -> {
        frames.incrementAndGet();
        SpcServer.json(frame)
            .at("/data/characteristics")
            .forEach(one -> missing.remove(one.get("id").asLong()));
        return missing.isEmpty();
      });
      assertThat(frames.get()).isBetween(3, 60);
    }
  }
}
