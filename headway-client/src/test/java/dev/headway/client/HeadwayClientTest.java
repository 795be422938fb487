package dev.headway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFile;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.job.LogLine;
import dev.headway.client.stream.ConnectionState;
import dev.headway.client.stream.ConnectionState.TokenRefused;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Topic;
import dev.headway.client.work.Claim;
import dev.headway.client.work.End;
import dev.headway.client.work.Output;
import dev.headway.client.work.Report;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.Patience;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.net.FaultyProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real server. */
final class HeadwayClientTest {
  private static final JobRequest PROBE =
      JobRequest.external("probe").queue("media").payload(Map.of("file", "a.mkv"));
  private static final Claim CLAIM = Claim.from("media").types("probe").as("w1");

  @TempDir Path data;
  private HeadwayServer server;
  private HeadwayClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data)).passwords(new QuickHasher()).start();
    client = HeadwayClient.at(URI.create(server.url())).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void submit_many_areAcceptedInTheirOrderOrNone() {
    var accepted = client.submit(List.of(PROBE.key("disk", 1), PROBE.tags(List.of("a"))));

    assertThat(accepted).hasSize(2);
    assertThat(accepted.get(1).work().id()).isNotEqualTo(accepted.get(0).work().id());
    assertThat(accepted.get(0).watch().stream()).startsWith("job:");
    assertThatThrownBy(() -> client.submit(List.of(PROBE, PROBE.priority(900))))
        .hasMessageContaining("jobs[1].priority");
  }

  @Test
  void work_externalJob_isReportedAndEnds() throws Exception {
    var accepted = client.submit(PROBE);
    assertThat(accepted.watch().stream()).isEqualTo(accepted.work().topic());
    var recording = new Recording();
    var topic = Topic.job(accepted.work().id());
    try (var _ =
        client.watch(List.of(Interest.in(topic).after(accepted.cursor()).withLogs()), recording)) {
      client.work(
          CLAIM,
          job -> {
            assertThat(job.job().payload()).hasToString("{\"file\":\"a.mkv\"}");
            job.step("reading");
            job.progress(3, 4, "3 of 4 frames");
            job.log("found a frame");
            return Map.of("frames", 4);
          });
      recording.awaitEnd();
    }
    assertThat(recording.snapshots).isEmpty();
    assertThat(recording.types()).startsWith("queued", "started").endsWith("completed");
    assertThat(recording.types()).contains("log", "progress");
    var job = client.job(accepted.work().id());
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.resultPayload()).hasToString("{\"frames\":4}");
    assertThat(client.logs(job.id(), 0).lines())
        .extracting(LogLine::text)
        .contains("found a frame");
    assertThat(folded(topic, recording.events).result()).hasToString("{\"frames\":4}");
  }

  private static JobState folded(Topic topic, List<Event> events) {
    var state = JobState.waiting(topic);
    for (var event : events) {
      state = state.after(event);
    }
    return state;
  }

  @Test
  void watch_connectionCutAgainAndAgain_missesNothingAndRepeatsNothing() throws Exception {
    var accepted = client.submit(PROBE);
    try (var proxy = new FaultyProxy(server.port());
        var remote = HeadwayClient.at(proxy.uri()).random(() -> 0).build()) {
      var cutting =
          new Recording(event -> {
            if (event.data().path("number").asLong() % 40 == 7) {
              proxy.cut();
            }
          });
      var interest = Interest.in(Topic.job(accepted.work().id())).after(accepted.cursor());
      try (var _ = remote.watch(List.of(interest.withLogs()), cutting)) {
        cutting.awaitFirst();
        var lease = client.lease(CLAIM).orElseThrow();
        for (var i = 0; i < 20; i++) {
          var from = i * 10;
          lease.log(
              IntStream.range(from, from + 10).mapToObj(n -> Output.log("line " + n)).toList());
          await().until(() -> cutting.lines().size() == from + 10);
        }
        lease.end(new End.Completed(null));
        cutting.awaitEnd();
      }
      assertThat(cutting.lines())
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(n -> "line " + n).toList());
      assertThat(cutting.snapshots).isEmpty();
      assertThat(cutting.types().stream().filter("completed"::equals)).hasSize(1);
      assertThat(proxy.accepted()).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void watch_serverStalledBehindTheProxy_goesOnWhenItResumes() throws Exception {
    var accepted = client.submit(PROBE);
    try (var proxy = new FaultyProxy(server.port());
        var remote = HeadwayClient.at(proxy.uri()).build()) {
      var recording = new Recording();
      var topic = Topic.job(accepted.work().id());
      try (var _ = remote.watch(List.of(Interest.in(topic)), recording)) {
        recording.awaitFirst();
        proxy.stall();
        client.work(CLAIM, job -> "done");
        proxy.resume();
        recording.awaitEnd();
      }
      assertThat(folded(topic, recording.events).status()).isEqualTo(JobStatus.COMPLETED);
    }
  }

  @Test
  void cancel_claimedJob_isSeenByItsWorkerAtOnce() throws Exception {
    var id = client.submit(PROBE).work().id();
    try (var job = client.claim(CLAIM.lease(Duration.ofMinutes(30)))) {
      var cancelled = new CountDownLatch(1);
      job.onCancel(cancelled::countDown);
      job.progress(10, "working");
      client.cancel(id);
      // The lease would be renewed only after ten minutes: it is the stream that tells.
      assertThat(cancelled.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      job.cancelled();
    }
    assertThat(client.job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void claim_whoseConnectionIsCut_goesOnOverAnotherOrHttp() throws Exception {
    var id = client.submit(PROBE).work().id();
    try (var proxy = new FaultyProxy(server.port());
        var remote = HeadwayClient.at(proxy.uri()).random(() -> 0).build()) {
      remote.work(
          CLAIM,
          job -> {
            job.progress(10, "before");
            await().until(() -> "before".equals(client.job(id).message()));
            assertThat(proxy.open()).as("the connection that it came over").isPositive();
            proxy.cut();
            job.progress(60, "after");
            await().until(() -> "after".equals(client.job(id).message()));
            return "done";
          });
    }
    var ended = client.job(id);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.attempt()).isEqualTo(1);
  }

  @Test
  void claim_ofTheNextAttempt_hasTheCheckpointOfTheOneBefore() {
    var request = PROBE.maxAttempts(2).retry(Duration.ZERO, 1, Duration.ZERO);
    var id = client.submit(request).work().id();
    client.work(
        CLAIM,
        job -> {
          assertThat(job.checkpoint()).isEmpty();
          job.report(Report.of(5, 10).keeping(Map.of("page", 5)));
          throw new IOException("The disk is gone");
        });
    client.work(
        CLAIM,
        job -> {
          assertThat(job.checkpoint().orElseThrow()).hasToString("{\"page\":5}");
          assertThat(client.job(id).progress()).isEqualTo(50);
          return "done";
        });
    assertThat(client.job(id).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void checkpoint_thatIsTooLarge_isRefusedWhereItWasGiven() {
    var most = "x".repeat(65_534);
    assertThat(Report.percent(5).keeping(most).checkpoint()).isNotNull();
    assertThatThrownBy(() -> Report.percent(5).keeping(most + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537 bytes; at most 65536");
  }

  @Test
  void claims_ofManyThreads_shareOneConnection() throws Exception {
    for (var i = 0; i < 12; i++) {
      client.submit(PROBE);
    }
    try (var proxy = new FaultyProxy(server.port());
        var remote = HeadwayClient.at(proxy.uri()).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 12; i++) {
        threads.execute(() -> remote.work(CLAIM, job -> job.job().id()));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(proxy.accepted()).as("nothing went by HTTP").isEqualTo(1);
    }
    assertThat(client.jobs(JobFilter.ALL.statuses(JobStatus.COMPLETED)).jobs()).hasSize(12);
  }

  @Test
  void cancel_overTheStream_reachesTheJob() throws Exception {
    var id = client.submit(PROBE).work().id();
    var recording = new Recording();
    try (var watch = client.watch(List.of(Interest.in(Topic.job(id))), recording)) {
      recording.awaitFirst();
      watch.cancel(Topic.job(id));
      recording.awaitEnd();
    }
    assertThat(client.job(id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void report_leaseWentToAnotherWorker_isRefusedWithItsOwnException() {
    client.submit(PROBE.maxAttempts(2));
    var stale = client.lease(CLAIM.lease(Duration.ofSeconds(1))).orElseThrow();
    try (var second = client.claim(CLAIM.as("w2"))) {
      assertThat(second.job().attempt()).isEqualTo(2);
      assertThatThrownBy(() -> stale.report(Report.percent(50)))
          .isInstanceOf(LeaseLostException.class);
      second.complete("by the second");
    }
  }

  @Test
  void retry_failedJob_isANewOneThatNamesTheFirst() {
    var id = client.submit(PROBE).work().id();
    client.work(
        CLAIM,
        job -> {
          throw new IOException("The file ended early");
        });
    assertThat(client.job(id).errorMessage()).isEqualTo("The file ended early");
    var again = client.retry(id).work();
    assertThat(again.retryOf()).isEqualTo(id);
    assertThat(client.jobs(JobFilter.ALL.statuses(JobStatus.QUEUED)).jobs())
        .extracting(Job::id)
        .containsExactly(again.id());
  }

  @Test
  void submit_idempotencyKeyWithOtherContent_isAConflict() {
    var first = client.submit(PROBE.idempotencyKey("k")).work();
    assertThat(client.submit(PROBE.idempotencyKey("k")).work().id()).isEqualTo(first.id());
    assertThatThrownBy(() -> client.submit(PROBE.payload(Map.of("file", "b")).idempotencyKey("k")))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(409);
              assertThat(refusal.code()).isEqualTo("CONFLICT");
            });
  }

  @Test
  void submit_badInput_namesEveryDefect() {
    assertThatThrownBy(
            () -> client.submit(JobRequest.external("probe").priority(900).maxAttempts(0)))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.problem().errors()).hasSize(2));
  }

  @Test
  void upload_ofAClaimedJob_isListedAndDownloaded() throws Exception {
    var id = client.submit(PROBE).work().id();
    var file = Files.writeString(data.resolve("Übersicht 1.csv"), "a,b\n1,2\n");
    try (var job = client.claim(CLAIM)) {
      assertThat(job.upload(file).bytes()).isEqualTo(8);
      assertThat(job.upload(file, "copy").name()).isEqualTo("copy");
      job.complete(null);
    }
    assertThat(client.files(id))
        .extracting(JobFile::name)
        .containsExactly("copy", "Übersicht 1.csv");
    var back = data.resolve("back.csv");
    client.download(id, "Übersicht 1.csv", back);
    assertThat(back).hasSameBinaryContentAs(file);
    assertThatThrownBy(() -> client.download(id, "none", data.resolve("none")))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
    assertThat(data.resolve("none")).doesNotExist();
  }

  @Test
  void linkFile_ofAnAccount_isAnAddressThatEnds() throws Exception {
    client.register("eve@example.org", "correct horse battery");
    client.login("eve@example.org", "correct horse battery");
    var id = client.submit(PROBE).work().id();
    var file = Files.writeString(data.resolve("a"), "content");
    client.lease(CLAIM).orElseThrow().upload(file, "a");

    var link = client.linkFile(id, "a", Duration.ofMinutes(5));

    assertThat(
            new String(
                URI.create(link.url()).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("content");
    client.endLink(link.id());
    assertThatThrownBy(() -> URI.create(link.url()).toURL().openStream())
        .hasMessageContaining("401");
  }

  @Test
  void call_serverAway_saysSo() {
    server.close();
    assertThatThrownBy(() -> client.jobs(JobFilter.ALL))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining(server.url());
  }

  @Test
  void login_registeredAccount_ownsItsJobsAndItsWatchEndsWithItsToken() throws Exception {
    var account = client.register("ada@example.org", "correct horse battery");
    assertThat(client.login("ada@example.org", "correct horse battery")).isNotEmpty();
    assertThat(client.me().id()).isEqualTo(account.id());
    var id = client.submit(PROBE).work().id();
    var recording = new Recording();
    client.watch(List.of(Interest.in(Topic.job(id))), recording);
    recording.awaitFirst();
    try (var stranger = HeadwayClient.at(URI.create(server.url())).build()) {
      assertThatThrownBy(() -> stranger.job(id))
          .isInstanceOfSatisfying(
              ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
    }
    client.logout();
    await().until(() -> drained(recording).stream().anyMatch(TokenRefused.class::isInstance));
  }

  private static List<ConnectionState> drained(Recording recording) {
    var states = new ArrayList<ConnectionState>();
    recording.states.drainTo(states);
    return states;
  }
}
