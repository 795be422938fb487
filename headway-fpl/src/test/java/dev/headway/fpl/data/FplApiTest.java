package dev.headway.fpl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the recorded season over real HTTP. */
class FplApiTest {
  private static final Instant NOW = Instant.parse("2026-08-22T08:00:00Z");
  private static final int DOCUMENTS = 7;
  private static final int LONGEST = 1 << 20;

  private final ManualClock clock = new ManualClock(NOW);
  private final List<Duration> slept = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private RecordedApi server;
  private FplApi api;

  @BeforeEach
  void start() throws Exception {
    server = new RecordedApi();
    api = api(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void snapshot_healthyServer_allDocuments() throws Exception {
    var heard = new ArrayList<String>();

    var season = api.snapshot(1, (done, total, document) -> heard.add(done + "/" + total));

    assertThat(season.source()).isEqualTo(DataSource.LIVE);
    assertThat(season.bootstrap().elements()).hasSize(600);
    assertThat(season.fixtures()).hasSize(380);
    assertThat(season.team().squad()).hasSize(15);
    assertThat(heard).containsExactly("1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7");
  }

  @Test
  void snapshot_unknownTeam_saysSo() {
    assertThatThrownBy(() -> snapshot(77))
        .isInstanceOfSatisfying(
            HeadwayException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage("Team 77 not found");
  }

  @Test
  void snapshot_againWithinTheCacheTime_asksNothing() throws Exception {
    snapshot(1);
    clock.advance(Duration.ofSeconds(299));

    snapshot(1);

    assertThat(server.requests()).hasSize(DOCUMENTS);
  }

  @Test
  void snapshot_afterTheCacheTime_asksConditionally() throws Exception {
    snapshot(1);
    clock.advance(Duration.ofSeconds(301));
    server.fail();

    var season = snapshot(1);

    assertThat(server.requests()).hasSize(2 * DOCUMENTS);
    assertThat(season.bootstrap().elements()).hasSize(600);
  }

  @Test
  void snapshot_requests_areSpacedOut() throws Exception {
    snapshot(1);

    assertThat(slept).hasSize(DOCUMENTS - 1).containsOnly(Duration.ofMillis(250));
  }

  @Test
  void snapshot_tooManyRequests_waitsAsLongAsAsked() throws Exception {
    server.fail(RecordedApi.tooMany(7));

    snapshot(1);

    assertThat(slept).contains(Duration.ofSeconds(7));
  }

  @Test
  void snapshot_tooManyRequestsForAnHour_givesUpAtOnce() {
    server.fail(RecordedApi.tooMany(3600));

    assertFailure("HTTP 429, to be tried again after 3600 s");
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 9 ",
        "Sat, 22 Aug 2026 08:00:09 GMT",
        "Saturday, 22-Aug-26 08:00:09 GMT",
        "Sat Aug 22 08:00:09 2026"
      })
  void snapshot_retryAfterInEveryForm_waitsUntilThen(String retryAfter) throws Exception {
    server.fail(RecordedApi.tooMany(retryAfter));

    snapshot(1);

    assertThat(slept).contains(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon", "1.5", "", "Sat, 22 Aug 2020 08:00:00 GMT"})
  void snapshot_retryAfterThatSaysNothing_triesAgainAsUsual(String retryAfter) throws Exception {
    server.fail(RecordedApi.tooMany(retryAfter));

    assertThat(snapshot(1).fixtures()).hasSize(380);
    assertThat(server.requests()).hasSize(DOCUMENTS + 1);
  }

  @Test
  void snapshot_unavailableTwice_triesAgainWithJitter() throws Exception {
    server.fail(RecordedApi.status(503), RecordedApi.status(502));

    snapshot(1);

    assertThat(server.requests()).hasSize(DOCUMENTS + 2);
  }

  @Test
  void snapshot_unavailableForGood_saysWhatAndHowOften() {
    server.fail(
        RecordedApi.status(503),
        RecordedApi.status(503),
        RecordedApi.status(503),
        RecordedApi.status(503));

    assertFailure("bootstrap-static/ could not be fetched in 4 attempts: HTTP 503");
  }

  @Test
  void snapshot_forbidden_isNotTriedAgain() {
    server.fail(RecordedApi.status(403));

    assertFailure("in one attempt: HTTP 403");
  }

  @Test
  void snapshot_unavailableForGood_repeatsTheServersOwnWords() {
    var updating = RecordedApi.answer(503, "\"The game is being updated.\"");
    server.fail(updating, updating, updating, updating);

    assertFailure("in 4 attempts: HTTP 503, \"The game is being updated.\"");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void snapshot_pageInsteadOfADocument_isTriedAgainAndNotKept() throws Exception {
    server.fail(RecordedApi.answer(200, "<html>maintenance</html>"));

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
    assertThat(server.requests()).hasSize(DOCUMENTS + 1);
  }

  @Test
  void snapshot_truncatedDocument_isTriedAgainAndNotKept() throws Exception {
    server.fail(RecordedApi.truncated());

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
    assertThat(server.requests()).hasSize(DOCUMENTS + 1);
  }

  @Test
  void snapshot_truncatedAfterTheCacheTime_usesTheLastGoodDocument() throws Exception {
    snapshot(1);
    clock.advance(Duration.ofMinutes(30));
    var truncated = RecordedApi.truncated();
    server.fail(truncated, truncated, truncated, truncated);

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"events\":[],\"teams\":[]}"})
  void snapshot_documentOfNoUse_isNotKept(String body) throws Exception {
    server.fail(RecordedApi.answer(200, body));
    assertThatThrownBy(() -> snapshot(1))
        .hasMessageStartingWith("The document bootstrap-static cannot be read");

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
  }

  @Test
  void snapshot_documentsThatDoNotFitTogether_areNotKept() throws Exception {
    var nothing = RecordedApi.answer(200, "[]");
    server.fail(server.passedOn(Map.of(), document -> document), nothing);
    assertThatThrownBy(() -> snapshot(1)).hasMessageContaining("0 matches, not 380");

    assertThat(snapshot(1).fixtures()).hasSize(380);
  }

  @Test
  void snapshot_itsOwnWordsWithSuccess_areRepeated() {
    var updating = RecordedApi.answer(200, "\"The game is being updated.\"");
    server.fail(updating, updating, updating, updating);

    assertFailure("in 4 attempts: \"The game is being updated.\" instead of the document");
  }

  @Test
  void snapshot_anotherCharset_isStillUtf8() throws Exception {
    var latin = Map.of("Content-Type", "application/json; charset=iso-8859-1");
    server.fail(server.passedOn(latin, document -> document));
    var plain = StoredSource.sample().snapshot(1, (_, _, _) -> {}).bootstrap();

    assertThat(snapshot(1).bootstrap().elements()).isEqualTo(plain.elements());
  }

  @Test
  void snapshot_byteOrderMark_isPassedOver() throws Exception {
    server.fail(server.passedOn(Map.of(), FplApiTest::marked));

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
    assertThat(server.requests()).hasSize(DOCUMENTS);
  }

  @Test
  void snapshot_packedWithGzip_isUnpacked() throws Exception {
    var packed = Map.of("Content-Encoding", "gzip");
    server.fail(server.passedOn(packed, FplApiTest::packed));

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
    assertThat(server.requests()).hasSize(DOCUMENTS);
  }

  @Test
  void snapshot_longerThanItMayBe_isRefusedPackedOrNot() {
    var packed = Map.of("Content-Encoding", "gzip");
    UnaryOperator<byte[]> longer = document -> Arrays.copyOf(document, LONGEST + 1);
    var plain = server.passedOn(Map.of(), longer);
    var small = server.passedOn(packed, document -> packed(longer.apply(document)));
    server.fail(plain, plain, plain, small);

    assertFailure("in 4 attempts: the document is longer than " + LONGEST + " bytes");
  }

  @Test
  void snapshot_apiAwayAfterTheCacheTime_usesTheLastGoodDocuments() throws Exception {
    snapshot(1);
    clock.advance(Duration.ofMinutes(30));
    var away = RecordedApi.status(503);
    for (int request = 0; request < DOCUMENTS * 4; request++) {
      server.fail(away);
    }

    var season = snapshot(1);

    assertThat(season.bootstrap().elements()).hasSize(600);
    assertThat(Duration.between(season.confirmedAt(), season.now())).hasMinutes(30);
  }

  @Test
  void snapshot_teamBeforeItsFirstGameweek_hasNoSquad() throws Exception {
    server.change("entry/1/", entry -> entry.putNull("current_event"));

    assertThat(snapshot(1).team().picks()).isNull();
  }

  @Test
  void snapshot_bodyCutOff_triesAgain() throws Exception {
    server.fail(RecordedApi.cut());

    assertThat(snapshot(1).bootstrap().elements()).hasSize(600);
    assertThat(server.requests()).hasSize(DOCUMENTS + 1);
  }

  @Test
  void snapshot_alwaysTruncated_isRefusedByName() {
    var truncated = RecordedApi.truncated();
    server.fail(truncated, truncated, truncated, truncated);

    assertFailure("bootstrap-static/ could not be fetched in 4 attempts: the document is cut off");
  }

  @Test
  void snapshot_slowBody_isGivenUpAndTriedAgain() throws Exception {
    api = api(Duration.ofMillis(500));
    server.fail(server.stall());

    assertThat(snapshot(1).fixtures()).hasSize(380);
    assertThat(server.requests()).hasSize(DOCUMENTS + 1);
  }

  @Test
  void snapshot_malformedNumber_namesThePlace() {
    server.fail((exchange, document) -> {
      var broken =
          new String(document, StandardCharsets.UTF_8)
              .replaceFirst("\"now_cost\":\\d+", "\"now_cost\":{}");
      exchange.sendResponseHeaders(200, broken.getBytes(StandardCharsets.UTF_8).length);
      exchange.getResponseBody().write(broken.getBytes(StandardCharsets.UTF_8));
      exchange.close();
    });

    assertThatThrownBy(() -> snapshot(1)).hasMessageContaining("elements.0.now_cost");
  }

  @Test
  void snapshot_nextDeadlineHasPassed_isStale() {
    clock.advance(Duration.ofDays(30));

    assertThatThrownBy(() -> snapshot(1))
        .asInstanceOf(InstanceOfAssertFactories.type(HeadwayException.class))
        .satisfies(e ->
            assertThat(e.defects())
                .anyMatch(d -> d.message().contains("the next deadline it knows")));
  }

  private static byte[] marked(byte[] document) {
    return ("\uFEFF" + new String(document, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(byte[] document) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private FplApi api(Duration timeout) {
    var usual = ApiSettings.of(server.baseUrl());
    var settings =
        new ApiSettings(
            usual.baseUrl(),
            timeout,
            usual.attempts(),
            usual.backoff(),
            usual.longestRetryAfter(),
            usual.cacheFor(),
            usual.spacing(),
            LONGEST);
    return new FplApi(settings, http, clock, new Random(1), slept::add);
  }

  private SeasonSnapshot snapshot(int team) throws InterruptedException {
    return api.snapshot(team, (done, total, document) -> {});
  }

  private void assertFailure(String message) {
    assertThatThrownBy(() -> snapshot(1))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_ERROR);
              assertThat(e.retryable()).isFalse();
            })
        .hasMessageContaining(message);
  }
}
