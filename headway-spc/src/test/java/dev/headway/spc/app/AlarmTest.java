package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.Hub;
import dev.headway.server.mail.MailSettings;
import dev.headway.server.mail.Mailer;
import dev.headway.server.webhook.CallbackSignature;
import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.alarm.Alarms;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.live.ChartChanges;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.live.StageChanges;
import dev.headway.spc.live.StageChanges.LimitBasis;
import dev.headway.spc.live.StageChanges.StageEdit;
import dev.headway.spc.live.StageChanges.StageTarget;
import dev.headway.spc.model.AlarmReceiver;
import dev.headway.spc.model.AlarmReceiver.Kind;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.Author;
import dev.headway.spc.store.SpcStore;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms as they reach an HTTP server and a mail server on this machine. */
final class AlarmTest {
  private static final Author ADA = new Author("ada", null);
  private static final String SECRET = "a secret of the receiver";

  @TempDir private Path data = Path.of("");
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T06:00:00Z"));
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private HttpServer sink;
  private Database database;
  private SpcStore store;
  private LiveCharts charts;
  private Intake intake;
  private ChartChanges changes;
  private Alarms alarms;
  private long id;

  private record Heard(String body, String title, String signature) {}

  @BeforeEach
  void start() throws IOException {
    sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var headers = exchange.getRequestHeaders();
          heard.add(
              new Heard(
                  body,
                  String.valueOf(headers.getFirst("Title")),
                  String.valueOf(headers.getFirst(CallbackSignature.HEADER))));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    sink.start();
    database = Database.open(new DatabaseConfig.Sqlite(data.resolve("spc.db")));
    database.migrate(Schema.CORE);
    store = SpcStore.open(database);
    charts = new LiveCharts(store, new Hub(clock, Ids.seeded(clock), Hub.Limits.DEFAULT), Bus.NONE);
    intake = new Intake(charts, store, SampleTimes.DEFAULT, clock);
    changes = new ChartChanges(charts, store, clock);
    alarms = alarms(null);
    id =
        changes
            .create(
                new Definition(
                    "Fill weight", "", ChartKind.INDIVIDUALS, 1, false, Specification.NONE),
                ADA)
            .id();
    var limits = EstimatedLimits.known(ChartKind.INDIVIDUALS, 0, 1);
    new StageChanges(charts, store, clock)
        .change(
            StageTarget.current(id, ADA), StageEdit.of(new LimitBasis.Given(limits, null)), false);
  }

  private Alarms alarms(@Nullable Mailer mailer) {
    var settings = new AlarmSettings(true, "https://headway.example.org");
    return new Alarms(store, _ -> "Fill weight", settings, mailer, clock, Runnable::run);
  }

  @AfterEach
  void stop() {
    sink.stop(0);
    database.close();
  }

  private AlarmReceiver receiver(Kind kind, int after, @Nullable Integer repeat) {
    var address = "http://127.0.0.1:" + sink.getAddress().getPort() + "/alarms";
    return store
        .alarms()
        .save(
            new AlarmReceiver(
                0, "Line 2", kind, address, SECRET, null, Severity.WARNING, after, repeat));
  }

  private long violation() {
    clock.advance(Duration.ofSeconds(60));
    var row = new NewSample(1, id, clock.instant(), Subgroup.of(9), null, null, null);
    return intake.all(List.of(row), _ -> "").getFirst().violations().getFirst().violationId();
  }

  private void after(Duration time) {
    clock.advance(time);
    alarms.tick();
  }

  @Test
  void violation_isToldOnce_withItsNamesAndASignature() {
    receiver(Kind.WEBHOOK, 0, null);
    var violation = violation();
    after(Duration.ofSeconds(1));
    after(Duration.ofHours(5));
    assertThat(heard).hasSize(1);
    var told = heard.remove();
    assertThat(told.body())
        .contains(
            "\"event\":\"violation\"",
            "\"violation_id\":" + violation,
            "\"characteristic\":\"Fill weight\"",
            "\"severity\":\"CRITICAL\"",
            "https://headway.example.org/characteristic/" + id);
    assertThat(told.signature()).startsWith("t=").contains(",v1=");
    var delivery = store.alarms().of(violation).getFirst();
    assertThat(delivery.deliveredAt()).isNotNull();
    assertThat(delivery.receiver()).isEqualTo("Line 2");
  }

  @Test
  void violation_thatNobodyAnswers_isToldAgain_untilItIsAcknowledged() {
    receiver(Kind.WEBHOOK, 0, 15);
    var violation = violation();
    after(Duration.ofSeconds(1));
    after(Duration.ofMinutes(14));
    assertThat(heard).hasSize(1);
    after(Duration.ofMinutes(1));
    assertThat(heard).hasSize(2);
    assertThat(heard.stream().toList().getLast().body()).contains("\"event\":\"reminder\"");
    changes.acknowledge(List.of(violation), "Nozzle blocked", ADA);
    after(Duration.ofMinutes(60));
    assertThat(heard).hasSize(2);
  }

  @Test
  void receiver_afterMinutes_isToldOnlyWhenNobodyHasAnsweredByThen() {
    receiver(Kind.WEBHOOK, 10, null);
    var answered = violation();
    after(Duration.ofMinutes(5));
    changes.acknowledge(List.of(answered), "Nozzle blocked", ADA);
    after(Duration.ofMinutes(10));
    assertThat(heard).isEmpty();
    assertThat(store.alarms().of(answered)).isEmpty();
    violation();
    after(Duration.ofSeconds(1));
    after(Duration.ofMinutes(9));
    assertThat(heard).isEmpty();
    after(Duration.ofMinutes(2));
    assertThat(heard).hasSize(1);
  }

  @Test
  void receiver_thatFails_isTriedAgainWithGrowingPauses() {
    receiver(Kind.WEBHOOK, 0, null);
    var violation = violation();
    status = 503;
    after(Duration.ofSeconds(1));
    after(Duration.ofSeconds(4));
    assertThat(heard).hasSize(1);
    after(Duration.ofSeconds(1));
    assertThat(heard).hasSize(2);
    assertThat(store.alarms().of(violation).getFirst().error()).isEqualTo("it answered 503");
    status = 200;
    after(Duration.ofSeconds(10));
    assertThat(store.alarms().of(violation).getFirst().deliveredAt()).isNotNull();
    assertThat(store.alarms().of(violation).getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void violations_thatAreDueTogether_areOneMessage() {
    receiver(Kind.WEBHOOK, 0, null);
    for (var at = 0; at < 30; at++) {
      changes.acknowledge(List.of(violation()), "as ever", ADA);
    }
    violation();
    var row = new NewSample(1, id, clock.instant(), Subgroup.of(-9), null, null, null);
    intake.all(List.of(row), _ -> "");
    after(Duration.ofSeconds(1));
    assertThat(heard).hasSize(1);
    assertThat(heard.remove().body().split("\"violation_id\"")).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "SLACK, '{\"text\":\"*Headway: 2 violations*'",
    "TEAMS, '\"contentType\":\"application/vnd.microsoft.card.adaptive\"'",
    "NTFY, 'Fill weight: One point beyond 3 sigma (CRITICAL)'"
  })
  void message_hasTheFormOfItsReceiver(Kind kind, String expected) {
    receiver(kind, 0, null);
    violation();
    after(Duration.ofSeconds(1));
    var told = heard.remove();
    assertThat(told.body().replace("1 violation*", "2 violations*")).contains(expected);
    if (kind == Kind.NTFY) {
      assertThat(told.title()).startsWith("Headway: ");
    }
  }

  @Test
  void mail_reachesAMailServer() throws Exception {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      var port = server.getSmtp().getPort();
      alarms =
          alarms(
              new Mailer(
                  new MailSettings("127.0.0.1", port, false, "headway@example.org", "", "", "")));
      store
          .alarms()
          .save(
              alarms.checked(
                  new AlarmReceiver(
                      0,
                      "Ada",
                      Kind.MAIL,
                      "ada@example.org",
                      null,
                      id,
                      Severity.CRITICAL,
                      0,
                      null)));
      violation();
      after(Duration.ofSeconds(1));
      assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
      var mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).startsWith("Headway: ");
      assertThat(GreenMailUtil.getBody(mail)).contains("Fill weight: One point beyond 3 sigma");
    } finally {
      server.stop();
    }
  }
}
