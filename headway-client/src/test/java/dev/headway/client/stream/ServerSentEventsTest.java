package dev.headway.client.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import dev.headway.client.stream.ConnectionState.Connected;
import dev.headway.client.time.ThreadScheduler;
import dev.headway.client.time.Timing;
import dev.headway.client.work.Claim;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.Patience;
import dev.headway.testkit.net.FaultyProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching a real server where the network lets no WebSocket through. */
final class ServerSentEventsTest {
  private static final Link.Dialer NO_WEBSOCKET =
      listener -> {
        listener.onEnd(new ConnectionEnd.Refused(400, Duration.ZERO));
        return new FakeDialer.FakeLink(listener);
      };

  @TempDir Path data;

  @Test
  void watch_cutOffOverServerSentEvents_resumesAndSeesTheEnd() throws Exception {
    try (var server = HeadwayServer.builder(ServerConfig.loopback(0, data)).start();
        var client = HeadwayClient.at(URI.create(server.url())).build();
        var proxy = new FaultyProxy(server.port());
        var remote = HeadwayClient.at(proxy.uri()).build();
        var scheduler = new ThreadScheduler()) {
      var id = client.submit(JobRequest.external("probe").queue("q")).work().id();
      var timing = new Timing(InstantSource.system(), scheduler, new Random(7));
      var listener = new Following();
      var stream =
          new TopicStream(
              remote.rest(), NO_WEBSOCKET, new SseDialer(remote.rest(), scheduler), timing);
      var unknown = Topic.parse("schedule:99");
      stream.watch(List.of(Interest.in(Topic.job(id)), Interest.in(unknown)), listener);
      assertThat(listener.seen.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      proxy.cut();
      client.work(Claim.from("q"), job -> "done");
      var end = listener.end.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
      stream.close();
      assertThat(end.status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(end.result().asString()).isEqualTo("done");
      assertThat(listener.recording.states).contains(new Connected(false));
      assertThat(listener.recording.refusals).extracting(Refusal::topic).containsExactly(unknown);
    }
  }

  /** Folds what it hears into the job's state. */
  private static final class Following implements WatchListener {
    private final RecordingListener recording = new RecordingListener();
    private final CountDownLatch seen = new CountDownLatch(2);
    private final CompletableFuture<JobState> end = new CompletableFuture<>();
    private JobState state = JobState.waiting(Topic.parse("job:none"));

    @Override
    public void onSnapshot(Snapshot snapshot) {
      state = JobState.of(snapshot);
      seen.countDown();
      checkEnd();
    }

    @Override
    public void onEvent(Event event) {
      state = state.after(event);
      checkEnd();
    }

    private void checkEnd() {
      if (state.status().ended()) {
        end.complete(state);
      }
    }

    @Override
    public void onRefused(Refusal refusal) {
      recording.onRefused(refusal);
      seen.countDown();
    }

    @Override
    public void onConnection(ConnectionState news) {
      recording.onConnection(news);
    }
  }
}
