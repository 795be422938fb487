package dev.headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.cli.bars.PlainBars;
import dev.headway.client.HeadwayClient;
import dev.headway.client.http.Json;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFilter;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.job.Queue;
import dev.headway.client.work.Claim;
import dev.headway.core.account.Role;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.account.Login;
import dev.headway.testkit.QuickHasher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands as a person types them, against a real server. */
final class CliCommandsTest {
  private static final JobRequest PROBE = JobRequest.external("probe").queue("media");

  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HeadwayServer server;
  private HeadwayClient client;
  private Map<String, String> variables = Map.of();
  private String typed = "";

  /** Stands for the program that the commands belong to. */
  @Command(name = "headway")
  private static final class Program {}

  @BeforeEach
  void start() throws IOException {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, home.resolve("data")))
            .passwords(new QuickHasher())
            .start();
    client = HeadwayClient.at(URI.create(server.url())).build();
    variables = Map.of("HEADWAY_URL", server.url());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private int headway(String... arguments) {
    out.reset();
    err.reset();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var environment =
        new CliEnvironment(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            print,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            variables,
            home,
            InstantSource.system(),
            scheduler -> new PlainBars(print::println));
    var program = new CommandLine(new Program());
    CliCommands.all(environment).forEach(program::addSubcommand);
    return program.execute(arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Job onlyJob() {
    return client.jobs(JobFilter.ALL).jobs().getFirst();
  }

  @Test
  void submit_paramsAndPayload_makesTheJob() {
    var code =
        headway(
            "submit",
            "probe",
            "--external",
            "--queue",
            "media",
            "--payload",
            "{\"a\":1}",
            "--param",
            "file=a.mkv",
            "--priority",
            "5");
    assertThat(code).isZero();
    assertThat(onlyJob().payload()).hasToString("{\"a\":1,\"file\":\"a.mkv\"}");
    assertThat(onlyJob().priority()).isEqualTo(5);
    assertThat(printed()).isEqualTo("Submitted " + onlyJob().topic() + "\n");
  }

  @Test
  void submit_plannedKeyedAndTagged_isAllThat() {
    var code =
        headway(
            "submit",
            "probe",
            "--external",
            "--run-at",
            "2031-01-31T08:00:00Z",
            "--at-once",
            "disk=2",
            "--tag",
            "nightly");
    assertThat(code).as(complaint()).isZero();
    var json = client.rest().get("/api/v1/jobs/" + onlyJob().id());
    assertThat(json.path("run_at").asString()).startsWith("2031-01-31T08:00:00");
    assertThat(json.at("/key/name").asString()).isEqualTo("disk");
    assertThat(json.at("/key/limit").asInt()).isEqualTo(2);
    assertThat(json.at("/tags/0").asString()).isEqualTo("nightly");
  }

  @Test
  void queues_pausedAndLimited_areListed() throws Exception {
    var users = server.accounts().users();
    users.add(new Login("root@example.org", "correct horse"), Role.ADMIN);
    client.login("root@example.org", "correct horse");
    variables =
        Map.of("HEADWAY_URL", server.url(), "HEADWAY_TOKEN", client.createKey("k", "admin"));
    client.submit(PROBE);

    assertThat(headway("queues", "media", "--pause", "--rate", "10/1m")).as(complaint()).isZero();

    assertThat(printed().lines()).anyMatch(line -> line.matches("media +paused +10 in 60 s +1 +0"));
    assertThat(client.queues()).extracting(Queue::paused).containsExactly(true);
    assertThat(headway("queues", "media", "--resume", "--no-rate", "--json")).isZero();
    assertThat(printed()).contains("\"paused\":false");
    assertThat(headway("queues", "--pause")).isEqualTo(1);
    assertThat(complaint()).contains("Name the queue");
    assertThat(headway("queues", "media", "--rate", "often")).isEqualTo(2);
  }

  @Test
  void link_ofATag_isThePageOfItInTheseWords() {
    server.accounts().users().add(new Login("shop@example.org", "correct horse"), Role.USER);
    client.login("shop@example.org", "correct horse");
    variables = Map.of("HEADWAY_URL", server.url(), "HEADWAY_TOKEN", client.createKey("k", "user"));
    var look = new String[] {"--title", "Your order", "--say", "completed=Ready", "--json"};

    assertThat(headway("link", "tag:order-7", "--for", "1d")).as(complaint()).isZero();
    assertThat(printed()).startsWith(server.url() + "/watch#");
    assertThat(
            headway(
                Stream.concat(Stream.of("link", "tag:order-7"), Stream.of(look))
                    .toArray(String[]::new)))
        .as(complaint())
        .isZero();

    var made = Json.parse(printed());
    var claims = made.path("token").asString().split("\\.", -1)[1];
    assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
        .contains("\"title\":\"Your order\"", "\"completed\":\"Ready\"");
    client.endLink(made.path("id").asString());
    assertThat(headway("link", "tag:order-7", "--accent", "red")).isEqualTo(1);
    assertThat(complaint()).contains("accent");
  }

  @Test
  void submit_neitherTypeNorLots_saysWhatIsMissing() {
    assertThat(headway("submit")).isEqualTo(1);
    assertThat(complaint()).contains("either a job type or a CSV file of --lots");
  }

  @Test
  void submit_unknownType_showsTheServersReason() {
    assertThat(headway("submit", "no-such-type")).isEqualTo(1);
    assertThat(complaint()).startsWith("headway: ").contains("no-such-type");
  }

  @Test
  void track_linesOfAPipe_passUnchangedAndAreCounted() {
    typed = "one\ntwo\nthree";
    assertThat(headway("track", "--name", "Fetch", "--total", "3")).isZero();
    assertThat(printed()).isEqualTo("one\ntwo\nthree");
    assertThat(onlyJob().name()).isEqualTo("Fetch");
    assertThat(onlyJob().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(onlyJob().resultPayload()).hasToString("{\"lines\":3}");
    assertThat(onlyJob().message()).isEqualTo("two");
  }

  @Test
  void track_inputThatEndsEarly_failsTheJobAndPassesOn() {
    typed = "one\n";
    assertThat(headway("track", "--total", "1000", "--quiet")).isZero();
    assertThat(printed()).isEmpty();
    assertThat(onlyJob().errorMessage()).isEqualTo("The input ended after 1 of 1,000 lines");
  }

  @Test
  void track_withoutAServer_passesEverythingOn() {
    variables = Map.of("HEADWAY_URL", "http://127.0.0.1:9");
    typed = "one\n";
    assertThat(headway("track")).isZero();
    assertThat(printed()).isEqualTo("one\n");
  }

  @Test
  void jobs_table_linesUpAndFilters() {
    client.submit(PROBE);
    client.submit(JobRequest.external("hash").queue("media"));
    client.work(Claim.from("media").types("hash"), job -> "ok");
    assertThat(headway("jobs", "--status", "COMPLETED")).isZero();
    assertThat(printed().lines().toList()).hasSize(2);
    assertThat(printed().lines().toList().getFirst()).matches("ID +NAME +STATUS +DONE +CREATED.*");
    assertThat(printed().lines().toList().getLast()).contains("hash").contains("100%");
  }

  @Test
  void jobs_json_isWhatTheServerAnswers() {
    client.submit(PROBE);
    assertThat(headway("jobs", "--json")).isZero();
    assertThat(Json.parse(printed()).path("jobs").get(0).path("job_type").asString())
        .isEqualTo("probe");
  }

  @Test
  void watch_severalJobs_printsTheirEndsAndTellsByItsExitCode() {
    var good = client.submit(PROBE).work().id();
    client.work(Claim.from("media"), job -> "ok");
    var bad = client.submit(PROBE).work().id();
    client.work(
        Claim.from("media"),
        job -> {
          throw new IOException("The file ended early");
        });
    assertThat(headway("watch", good.toString())).isZero();
    assertThat(printed()).contains("100%  done");
    assertThat(headway("watch", good.toString(), "job:" + bad)).isEqualTo(1);
    assertThat(printed()).contains("failed  The file ended early");
  }

  @Test
  void watch_json_printsALineAnEvent() {
    var id = client.submit(PROBE).work().id();
    client.work(Claim.from("media"), job -> Map.of("frames", 4));
    assertThat(headway("watch", "--json", id.toString())).isZero();
    var snapshot = Json.parse(printed());
    assertThat(snapshot.path("type").asString()).isEqualTo("snapshot");
    assertThat(snapshot.path("data").path("result")).hasToString("{\"frames\":4}");
  }

  @Test
  void watch_unknownTopic_fails() {
    assertThat(headway("watch", "schedule:99")).isEqualTo(1);
    assertThat(printed()).contains("not found, or not yours");
    assertThat(headway("watch", "what?")).isEqualTo(1);
    assertThat(complaint()).contains("'what?' is neither a job ID nor a topic");
  }

  @Test
  void cancelThenRetry_job_stopsAndBeginsAgain() {
    var id = client.submit(PROBE).work().id();
    assertThat(headway("cancel", id.toString())).isZero();
    assertThat(client.job(id).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(headway("cancel", id.toString())).isEqualTo(1);
    assertThat(complaint()).contains(id.toString());
    assertThat(headway("retry", id.toString())).isZero();
    assertThat(onlyJob().retryOf()).isEqualTo(id);
  }

  @Test
  void logs_followed_printsEveryLineOnceAndEnds() throws InterruptedException {
    var id = client.submit(PROBE).work().id();
    var worker =
        Thread.ofVirtual()
            .start(() ->
                client.work(
                    Claim.from("media"),
                    job -> {
                      for (var i = 0; i < 300; i++) {
                        job.log("line " + i);
                      }
                      return "ok";
                    }));
    assertThat(headway("logs", "-f", id.toString())).isZero();
    worker.join();
    assertThat(printed().lines()).hasSize(300).startsWith("line 0").endsWith("line 299");
    assertThat(headway("logs", "job:" + id)).isZero();
    assertThat(printed().lines()).hasSize(300);
  }

  @Test
  void login_newAccount_keepsItsTokenForTheOwnerAlone() throws IOException {
    typed = "correct horse battery\n";
    assertThat(headway("login", "--register", "--email", "ada@example.org")).isZero();
    assertThat(printed()).isEqualTo("Signed in as ada@example.org at " + server.url() + "\n");
    var file = home.resolve(".config/headway/credentials");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(file)).doesNotContain("correct horse");
    variables = Map.of();
    assertThat(headway("submit", "probe", "--external", "--json")).isZero();
    assertThat(Json.parse(printed()).path("owner").asString("")).isNotEmpty();
  }

  @Test
  void login_worker_keepsAKeyWithWhichCommandsRun() {
    typed = "correct horse battery\n";
    assertThat(headway("login", "--register", "--worker", "--email", "ada@example.org")).isZero();
    assertThat(printed())
        .isEqualTo("Stored a worker key for ada@example.org at " + server.url() + "\n");
    variables = Map.of();
    assertThat(headway("run", "--", "true")).isZero();
    assertThat(headway("jobs", "--json")).isZero();
    var job = Json.parse(printed()).path("jobs").get(0);
    assertThat(job.path("status").asString()).isEqualTo("completed");
    assertThat(job.path("owner").asString("")).isNotEmpty();
  }

  @Test
  void login_noAddress_namesTheOption() {
    typed = "";
    assertThat(headway("login")).isEqualTo(1);
    assertThat(complaint())
        .isEqualTo(
            "headway: No e-mail address given. Run `headway login --email you@example.org`.\n");
  }

  @Test
  void jobs_statusInAnyCase_filters() {
    client.submit(PROBE);
    assertThat(headway("jobs", "--status", "queued")).isZero();
    assertThat(printed()).contains("queued");
    assertThat(headway("jobs", "--status", "Completed,FAILED")).isZero();
    assertThat(printed()).doesNotContain("queued");
    assertThat(headway("jobs", "--status", "ready")).isEqualTo(2);
  }

  @Test
  void login_wrongPassword_saysSoAndKeepsNothing() {
    typed = "wrong password\n";
    assertThat(headway("login", "--email", "eve@example.org")).isEqualTo(1);
    assertThat(home.resolve(".config/headway/credentials")).doesNotExist();
  }

  @Test
  void run_command_exitsWithItsCode() {
    assertThat(headway("run", "--name", "test", "--", "sh", "-c", "echo out; exit 5")).isEqualTo(5);
    assertThat(printed()).isEqualTo("out\n");
    assertThat(onlyJob().status()).isEqualTo(JobStatus.FAILED);
    assertThat(onlyJob().jobType()).as("a type for each name").isEqualTo("command:test");
    assertThat(String.valueOf(onlyJob().payload()))
        .contains("\"name\":\"test\"")
        .contains("\"command\":[\"sh\",\"-c\",\"echo out; exit 5\"]");
    assertThat(complaint()).isEmpty();
  }

  @Test
  void run_noSuchProgram_exitsWith127() {
    assertThat(headway("run", "--", "no-such-program-here")).isEqualTo(127);
    assertThat(complaint()).contains("no-such-program-here");
  }

  @Test
  void anyCommand_noServer_saysHowToStartOne() {
    variables = Map.of("HEADWAY_URL", "http://127.0.0.1:1");
    assertThat(headway("jobs")).isEqualTo(1);
    assertThat(complaint()).contains("http://127.0.0.1:1").contains("headway serve");
  }
}
