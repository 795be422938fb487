package dev.headway.app;

import dev.headway.core.account.Access;
import dev.headway.core.engine.Jobs;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.server.jobs.ProgressChannel;
import dev.headway.server.jobs.WorkerChannel;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.BusNotices;
import dev.headway.server.stream.JobTopics;
import dev.headway.server.stream.NativeStream;
import dev.headway.server.stream.StreamSettings;
import dev.headway.server.stream.Topics;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.fuzz.Fuzzing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of what clients send to the native stream, as JSON and as CBOR, and to the jobs channel:
 * every message is answered or ignored, every answer can be read, and no session throws.
 */
public final class SessionFuzzTest {
  private static final ManualClock CLOCK = ManualClock.atNoon();
  private static final Hub HUB = new Hub(CLOCK, Ids.seeded(CLOCK), Hub.Limits.DEFAULT);
  private static final Jobs JOBS = new Jobs(new InMemoryJobStore(), HUB, CLOCK, Ids.seeded(CLOCK));
  private static final Access ACCESS = new Access(true);
  private static final String JOB =
      JOBS.submit(JOBS.nextId(), JobSpec.of("fuzzed", Json.EMPTY_OBJECT, null), List.of())
          .job()
          .id()
          .toString();
  private static final Map<String, String> PATH = Map.of("job_id", JOB);
  private static final String LEASE = claimed();
  private static final SocketEndpoint STREAM =
      new NativeStream(
          new Topics(List.of(new JobTopics(JOBS, ACCESS))),
          JOBS,
          ACCESS,
          (_, _) -> new Verification.Valid(FuzzedClient.ANONYMOUS),
          new StreamSettings(
              "node",
              "epoch",
              Duration.ofSeconds(25),
              Duration.ofMillis(200),
              Duration.ofSeconds(5)),
          new BusNotices(),
          new WorkerChannel(JOBS, ACCESS, _ -> {}),
          CLOCK);
  private static final SocketEndpoint CHANNEL =
      new ProgressChannel(
          JOBS,
          ACCESS,
          (_, _) -> new Verification.Valid(FuzzedClient.ANONYMOUS),
          CLOCK,
          Duration.ofSeconds(30));

  private static String claimed() {
    var id = JOBS.nextId();
    JOBS.submit(id, JobSpec.of("held", Json.EMPTY_OBJECT, null), List.of());
    var lease = Lease.token(id, "secret");
    JOBS.apply(id, new Command.Claim("worker", lease, Duration.ofHours(1)));
    return lease;
  }

  /** Takes one input; its first byte chooses the socket and its encoding. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var message = Arrays.copyOfRange(input, 1, input.length);
    switch (Math.floorMod(input[0], 3)) {
      case 0 -> FuzzedClient.send(STREAM, PATH, NativeStream.JSON, named(message));
      case 1 -> FuzzedClient.send(STREAM, PATH, NativeStream.CBOR, Frame.binary(message));
      default -> FuzzedClient.send(CHANNEL, PATH, "", named(message));
    }
  }

  /* The job and the lease are made at each start, so corpora have signs for them. */
  private static Frame named(byte[] message) {
    var text = Frame.text(message).asText();
    return Frame.text(text.replace("$JOB", JOB).replace("$LEASE", LEASE));
  }

  @Test
  void message_ofAnyBytes_isAnsweredOrIgnored() {
    Fuzzing.run(SessionFuzzTest.class, SessionFuzzTest::fuzzerTestOneInput);
  }
}
