package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.server.jobs.ProgressChannel;
import dev.headway.server.jobs.WorkerChannel;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Handshake;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Fuzzing of what clients send to the native stream, as JSON and as CBOR, and to the jobs channel:
 * every message is answered or ignored, every answer can be read, and no session throws.
 */
public final class SessionFuzzTest {
  private static final CBORMapper CBOR = new CBORMapper();
  private static final ManualClock CLOCK = ManualClock.atNoon();
  private static final Principal ANONYMOUS = new Principal.Anonymous("127.0.0.1");
  private static final Hub HUB = new Hub(CLOCK, Ids.seeded(CLOCK), Hub.Limits.DEFAULT);
  private static final Jobs JOBS = new Jobs(new InMemoryJobStore(), HUB, CLOCK, Ids.seeded(CLOCK));
  private static final Access ACCESS = new Access(true);
  private static final String JOB =
      JOBS.submit(JOBS.nextId(), JobSpec.of("fuzzed", Json.EMPTY_OBJECT, null), List.of())
          .job()
          .id()
          .toString();
  private static final String LEASE = claimed();
  private static final SocketEndpoint STREAM =
      new NativeStream(
          new Topics(List.of(new JobTopics(JOBS, ACCESS))),
          JOBS,
          ACCESS,
          (_, _) -> new Verification.Valid(ANONYMOUS),
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
          JOBS, ACCESS, (_, _) -> new Verification.Valid(ANONYMOUS), CLOCK, Duration.ofSeconds(30));

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
      case 0 -> send(STREAM, NativeStream.JSON, named(message));
      case 1 -> send(STREAM, NativeStream.CBOR, Frame.binary(message));
      default -> send(CHANNEL, "", named(message));
    }
  }

  /* The job and the lease are made at each start, so corpora have signs for them. */
  private static Frame named(byte[] message) {
    var text = Frame.text(message).asText();
    return Frame.text(text.replace("$JOB", JOB).replace("$LEASE", LEASE));
  }

  private static void send(SocketEndpoint endpoint, String protocol, Frame message) {
    var connection = new Client(protocol.equals(NativeStream.CBOR));
    var handshake =
        new Handshake(
            Map.of("job_id", JOB),
            Map.of(),
            protocol,
            "127.0.0.1",
            new Verification.Valid(ANONYMOUS));
    var session = endpoint.open(connection, handshake);
    session.received(message);
    session.received(message);
    session.closed();
  }

  /** The client's end, which reads every answer. */
  private record Client(boolean cbor) implements Connection {
    @Override
    public void send(Frame frame) {
      var value = cbor ? CBOR.readTree(frame.bytes()) : JsonCodec.parse(frame.bytes());
      assertThat(value.isObject() || value.isArray()).isTrue();
    }

    @Override
    public Cancellable subscribe(Topic topic, Dialect dialect, long after, Watcher watcher) {
      return () -> {};
    }

    @Override
    public void close(int code, String reason) {
      assertThat(code).isBetween(1000, 4999);
    }

    @Override
    public void adopt(Principal principal, Expiry expiry) {}

    @Override
    public boolean reserve(Principal principal, @Nullable String resource) {
      return true;
    }

    @Override
    public Cancellable after(Duration delay, Runnable action) {
      return () -> {};
    }

    @Override
    public Cancellable heartbeat(
        Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame) {
      return () -> {};
    }

    @Override
    public boolean open() {
      return true;
    }
  }

  @Test
  void message_ofAnyBytes_isAnsweredOrIgnored() {
    Fuzzing.run(SessionFuzzTest.class, SessionFuzzTest::fuzzerTestOneInput);
  }
}
