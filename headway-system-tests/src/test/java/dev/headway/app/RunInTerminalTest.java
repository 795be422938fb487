package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobStatus;
import dev.headway.client.job.LogLine;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.net.FaultyProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code headway run} as a person uses it: signals from a real terminal, a server that goes away.
 */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
final class RunInTerminalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SIGINT = 2;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  @TempDir private Path folder = Path.of("");
  private HeadwayServer server;
  private HeadwayClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, folder.resolve("data")))
            .passwords(new QuickHasher())
            .start();
    client = HeadwayClient.at(URI.create(server.url())).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** A script that says that it has begun, and does something then. */
  private TerminalSession begin(String then) throws IOException {
    return run(server.url(), "echo '::progress 10 begun'; " + then);
  }

  private static TerminalSession run(String server, String script) throws IOException {
    var arguments = new ArrayList<>(List.of("run", "--server", server, "--grace", "PT0.3S"));
    arguments.addAll(List.of("--deliver-within", "PT2M", "--", "sh", "-c", script));
    return TerminalSession.headway(arguments);
  }

  private static void awaitBegun(HeadwayClient client) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            client.jobs(JobFilter.ALL).jobs().stream()
                .anyMatch(job -> "begun".equals(job.message())));
  }

  private Job onlyJob() {
    var jobs = client.jobs(JobFilter.ALL).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  private void awaitBegun() {
    awaitBegun(client);
  }

  private static int endedBy(int signal) {
    return 128 + signal;
  }

  @Test
  void controlC_command_hearsItItselfAndTheJobIsCancelled() throws Exception {
    try (var session = begin("exec sleep 600")) {
      awaitBegun();
      session.interrupt();

      assertThat(session.exitCode()).isEqualTo(endedBy(SIGINT));
      assertThat(session.text()).contains("headway: running as " + onlyJob().topic());
    }
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void controlC_commandThatTidiesUp_mayEndInItsOwnWay() throws Exception {
    try (var session = begin("trap 'echo tidied; exit 9' INT; while :; do sleep 0.05; done")) {
      awaitBegun();
      session.interrupt();

      assertThat(session.exitCode()).isEqualTo(9);
      assertThat(session.text()).contains("tidied");
    }
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(client.logs(onlyJob().id(), 0).lines()).extracting(LogLine::text).contains("tidied");
  }

  @Test
  void controlC_commandThatIgnoresIt_isTerminated() throws Exception {
    try (var session = begin("trap '' INT; while :; do sleep 0.05; done")) {
      awaitBegun();
      session.interrupt();

      assertThat(session.exitCode()).isEqualTo(endedBy(SIGTERM));
    }
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void cancel_fromElsewhere_terminatesTheCommand() throws Exception {
    try (var session = begin("exec sleep 600")) {
      awaitBegun();
      client.cancel(onlyJob().id());

      assertThat(session.exitCode()).isEqualTo(endedBy(SIGTERM));
    }
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void cancel_fromElsewhereAndTheCommandStays_killsItAfterTheGrace() throws Exception {
    try (var session = begin("trap '' INT TERM; while :; do sleep 0.05; done")) {
      awaitBegun();
      client.cancel(onlyJob().id());

      assertThat(session.exitCode()).isEqualTo(endedBy(SIGKILL));
    }
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void hangUp_ofTheTerminal_endsTheCommandAndCancelsTheJob() throws Exception {
    try (var session = begin("exec sleep 600")) {
      awaitBegun();
      session.hangUp();
    }

    await().atMost(PATIENCE).until(() -> onlyJob().status().ended());
    assertThat(onlyJob().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(String.valueOf(onlyJob().resultPayload()))
        .contains("\"exit_code\":" + endedBy(SIGTERM));
  }

  @Test
  void serverKilled_andStartedAgain_theCommandDoesNotSufferAndItsEndArrives() throws Exception {
    var data = folder.resolve("killed");
    var go = folder.resolve("go");
    var script =
        "echo '::progress 10 begun'; while [ ! -e %s ]; do sleep 0.05; done; echo later; exit 3"
            .formatted(go);
    try (var first = ServeProcess.start(data, Map.of());
        var proxy = new FaultyProxy(port(first));
        var through = HeadwayClient.at(proxy.uri()).build();
        var session = run(proxy.uri().toString(), script)) {
      awaitBegun(through);
      first.kill();
      Files.createFile(go);
      await().atMost(PATIENCE).until(() -> session.text().contains("does not answer"));
      assertThat(session.text()).contains("later");
      try (var second = ServeProcess.start(data, Map.of())) {
        proxy.target(port(second));
        assertThat(session.exitCode()).isEqualTo(3);
        var jobs = through.jobs(JobFilter.ALL).jobs();
        assertThat(jobs).extracting(Job::status).containsExactly(JobStatus.FAILED);
        assertThat(through.logs(jobs.getFirst().id(), 0).lines())
            .extracting(LogLine::text)
            .containsExactly("later");
      }
    }
  }

  private static int port(ServeProcess server) {
    return URI.create(server.url()).getPort();
  }
}
