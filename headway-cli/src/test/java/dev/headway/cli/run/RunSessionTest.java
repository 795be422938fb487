package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.client.job.LogLine;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.account.AuthConfig;
import dev.headway.testkit.Patience;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.net.FaultyProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real commands as jobs of a real server. */
final class RunSessionTest {
  @TempDir Path folder;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Notes collected =
      new Notes() {
        @Override
        public void note(String text) {
          notes.add(text);
        }

        @Override
        public void warning(String text) {
          notes.add(text);
        }
      };
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HeadwayServer server;
  private FaultyProxy proxy;
  private HeadwayClient direct;
  private HeadwayClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, folder.resolve("data")))
            .passwords(new QuickHasher())
            .start();
    proxy = new FaultyProxy(server.port());
    direct = HeadwayClient.at(URI.create(server.url())).build();
    client = HeadwayClient.at(proxy.uri()).random(() -> 0).build();
  }

  @AfterEach
  void stop() {
    client.close();
    direct.close();
    proxy.close();
    server.close();
  }

  private RunSession session(Duration grace, String... command) {
    var request = new RunRequest("test", List.of(command), List.of(), grace, Patience.LONG, false);
    return new RunSession(client, request, "run-test", InstantSource.system(), collected);
  }

  private RunSession shell(String script) {
    return session(Patience.LONG, "sh", "-c", script);
  }

  private int run(RunSession session) throws Exception {
    return session.run(out, err, Terminals.NONE);
  }

  private Future<Integer> background(RunSession session) {
    Callable<Integer> task = () -> run(session);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var future = executor.submit(task);
    executor.shutdown();
    return future;
  }

  private Job onlyJob() {
    var jobs = direct.jobs(JobFilter.ALL).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  private void awaitMessage(String text) {
    await()
        .until(() ->
            direct.jobs(JobFilter.ALL).jobs().stream().anyMatch(job -> text.equals(job.message())));
  }

  /** A script that says something and then waits until the test has made a file. */
  private String waitingFor(Path file, String before, String after) {
    return "%s; while [ ! -e %s ]; do sleep 0.05; done; %s".formatted(before, file, after);
  }

  @Test
  void run_success_passesItsOutputOnAndCompletes() throws Exception {
    var code =
        run(
            shell(
                "echo hello; echo oops >&2; echo '::step 1/2 Packing'; echo '::progress 50 half'"));
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("hello\n::step 1/2 Packing\n::progress 50 half\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("oops\n");
    var job = onlyJob();
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.stage()).isEqualTo("Packing");
    assertThat(String.valueOf(job.resultPayload())).contains("\"exit_code\":0");
    assertThat(direct.logs(job.id(), 0).lines())
        .extracting(LogLine::text, LogLine::stream)
        .containsExactlyInAnyOrder(tuple("hello", "stdout"), tuple("oops", "stderr"));
  }

  @Test
  void run_scriptThatDeclaresSteps_countsWithinThem() throws Exception {
    var go = folder.resolve("go");
    var script =
        waitingFor(
            go,
            "echo '::steps read, hash:3'; echo '::step hash'; echo '::progress 1/2 one'; echo"
                + " '::progress 5/4'",
            "true");
    var run = background(shell(script));
    awaitMessage("one");
    var job = onlyJob();
    assertThat(job.progress()).isEqualTo(62.5);
    assertThat(job.stage()).isEqualTo("hash");
    var shown = direct.rest().get("/api/v1/jobs/" + job.id());
    assertThat(shown.path("steps").toString()).isEqualTo("[\"read\",\"hash\"]");
    assertThat(shown.path("step_weights").toString()).isEqualTo("[1.0,3.0]");
    Files.createFile(go);
    assertThat(run.get()).isZero();
    assertThat(direct.logs(job.id(), 0).lines())
        .extracting(LogLine::text)
        .containsExactly(
            "[headway] ::progress 5/4: done (5) must be from 0 to total (4), which must be above"
                + " 0");
  }

  @Test
  void run_numbersOfPv_areProgressAndDoNotFloodTheLog() throws Exception {
    assertThat(run(shell("for n in 0 0 30 60 60 100; do echo $n >&2; done; echo 5; echo 6")))
        .isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("0\n0\n30\n60\n60\n100\n");
    assertThat(direct.logs(onlyJob().id(), 0).lines())
        .extracting(LogLine::text, LogLine::stream)
        .containsExactlyInAnyOrder(
            tuple("0", "stderr"), tuple("5", "stdout"), tuple("6", "stdout"));
  }

  @Test
  void run_failure_keepsTheExitCodeAndFailsWithTheLastLines() throws Exception {
    assertThat(run(shell("echo no space left; exit 7"))).isEqualTo(7);
    var job = onlyJob();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.errorMessage()).isEqualTo("The command ended with exit code 7");
  }

  @Test
  void run_noSuchProgram_throwsAndMakesNoJob() {
    assertThatThrownBy(() -> run(session(Duration.ofSeconds(1), "no-such-program-here")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program-here");
    assertThat(direct.jobs(JobFilter.ALL).jobs()).isEmpty();
  }

  @Test
  void cancel_fromElsewhere_terminatesTheCommand() throws Exception {
    var code = background(shell("echo '::progress 10 begun'; exec sleep 600"));
    awaitMessage("begun");
    direct.cancel(onlyJob().id());
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(143);
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void cancel_commandIgnoresSigterm_isKilledAfterTheGrace() throws Exception {
    var script = "trap '' TERM; echo '::progress 10 begun'; while :; do sleep 0.1; done";
    var code = background(session(Duration.ofMillis(300), "sh", "-c", script));
    awaitMessage("begun");
    direct.cancel(onlyJob().id());
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(137);
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void interrupt_byItsUser_cancelsTheJob() throws Exception {
    var session = shell("echo '::progress 10 begun'; exec sleep 600");
    var code = background(session);
    awaitMessage("begun");
    session.interrupt();
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(143);
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void cancel_commandEndsWellAllTheSame_completes() throws Exception {
    var script = "trap 'exit 0' TERM; echo '::progress 10 begun'; while :; do sleep 0.1; done";
    var code = background(shell(script));
    awaitMessage("begun");
    direct.cancel(onlyJob().id());
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(onlyJob().status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void serverAway_inBetween_commandGoesOnAndItsEndIsDelivered() throws Exception {
    var go = folder.resolve("go");
    var code =
        background(shell(waitingFor(go, "echo '::progress 10 begun'", "echo later; exit 3")));
    awaitMessage("begun");
    proxy.refuse();
    Files.createFile(go);
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("later"));
    assertThat(code.isDone()).isFalse();
    proxy.restore();
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(onlyJob().status()).isEqualTo(JobStatus.FAILED);
    assertThat(direct.logs(onlyJob().id(), 0).lines())
        .extracting(LogLine::text)
        .containsExactly("later");
  }

  @Test
  void serverAway_fromTheBeginning_isReachedWhenItComes() throws Exception {
    proxy.refuse();
    var go = folder.resolve("go");
    var code = background(shell(waitingFor(go, "echo '::progress 30 begun'", "echo done")));
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("begun"));
    proxy.restore();
    awaitMessage("begun");
    Files.createFile(go);
    assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(onlyJob().status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void serverAway_forEver_theCommandEndsAsByItself() throws Exception {
    proxy.refuse();
    assertThat(run(shell("echo alone; exit 4"))).isEqualTo(4);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("alone\n");
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("not shown until a server answers: The server at http://");
  }

  @Test
  void run_accountWithoutARole_isShownToItsEnd() throws Exception {
    var auth = AuthConfig.DEFAULTS.withAnonymous(false);
    var config = ServerConfig.loopback(0, folder.resolve("closed")).withAuth(auth);
    try (var closed = HeadwayServer.builder(config).passwords(new QuickHasher()).start();
        var there = HeadwayClient.at(URI.create(closed.url())).build()) {
      there.register("root@example.org", "correct horse"); // the first account administers
      there.register("ada@example.org", "correct horse");
      there.login("ada@example.org", "correct horse");
      proxy.target(closed.port());
      client.login("ada@example.org", "correct horse");

      var code = background(shell("echo '::progress 40 begun'"));

      assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
      assertThat(notes).allMatch(note -> note.startsWith("running as job:"));
      assertThat(there.jobs(JobFilter.ALL).jobs())
          .singleElement()
          .extracting(Job::status)
          .isEqualTo(JobStatus.COMPLETED);
    }
  }

  @Test
  void refused_nobodySignedIn_isToldAtOnceAndTheCommandRuns() throws Exception {
    var auth = AuthConfig.DEFAULTS.withAnonymous(false);
    var config = ServerConfig.loopback(0, folder.resolve("closed")).withAuth(auth);
    try (var closed = HeadwayServer.builder(config).passwords(new QuickHasher()).start()) {
      proxy.target(closed.port());
      var go = folder.resolve("go");
      var code = background(shell(waitingFor(go, "echo begun", "exit 5")));
      await().until(() -> !notes.isEmpty());
      assertThat(notes)
          .singleElement()
          .asString()
          .startsWith("not shown on the server: ")
          .endsWith("Sign in with: headway login");
      Files.createFile(go);
      assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(5);
      assertThat(notes).hasSize(1);
    }
  }

  @Test
  void refused_unknownKey_isToldWithTheRemedyAndTheCommandRuns() throws Exception {
    var request =
        new RunRequest(
            "test", List.of("sh", "-c", "exit 3"), List.of(), Patience.LONG, Patience.LONG, false);
    try (var stranger = HeadwayClient.at(direct.rest().uri("")).token("hw_unknown").build()) {
      var session = new RunSession(stranger, request, "run-key", InstantSource.system(), collected);
      assertThat(run(session)).isEqualTo(3);
    }
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("not shown on the server: ")
        .endsWith("Sign in with: headway login");
  }

  @Test
  void output_ofManyCommandsAtOnce_holdsUpNobody() throws Exception {
    var go = folder.resolve("go");
    var sessions = new ArrayList<Future<Integer>>();
    for (var i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      var request =
          new RunRequest(
              "test",
              List.of("sh", "-c", waitingFor(go, "echo '::progress 10 begun'", "exit 6")),
              List.of(),
              Patience.LONG,
              Patience.LONG,
              false);
      sessions.add(
          background(
              new RunSession(client, request, "run-" + i, InstantSource.system(), collected)));
    }
    await()
        .until(() ->
            direct.jobs(JobFilter.ALL).jobs().stream()
                    .filter(job -> "begun".equals(job.message()))
                    .count()
                == sessions.size());
    Files.createFile(go);
    for (var code : sessions) {
      assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(6);
    }
  }

  @Test
  void leaseLost_becauseTheServerForgotTheJob_goesOnAsANewOne() throws Exception {
    var go = folder.resolve("go");
    var code =
        background(
            shell(waitingFor(go, "echo '::progress 10 begun'", "echo '::progress 60 again'")));
    awaitMessage("begun");
    try (var fresh =
        HeadwayServer.builder(ServerConfig.loopback(0, folder.resolve("other")))
            .passwords(new QuickHasher())
            .start()) {
      proxy.target(fresh.port());
      proxy.cut();
      Files.createFile(go);
      assertThat(code.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
      try (var there = HeadwayClient.at(URI.create(fresh.url())).build()) {
        var job = there.jobs(JobFilter.ALL).jobs().getFirst();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
      }
    }
  }

  @Test
  void output_megabytesInAMoment_isPassedOnWholeAndLoggedBounded() throws Exception {
    assertThat(run(shell("seq 1 200000"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(200_000);
    var lines = direct.logs(onlyJob().id(), 0).lines();
    assertThat(lines.size()).isGreaterThan(100);
  }
}
