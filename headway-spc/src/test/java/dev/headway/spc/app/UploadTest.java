package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are larger than what the server keeps of a body in memory. */
final class UploadTest {
  private static final int IN_MEMORY = 16_384;
  private static final int ROWS = 40_000;

  @TempDir private Path data = Path.of("");
  private final HttpClient http = HttpClient.newHttpClient();
  private SpcServer spc;
  private long id;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(setup());
    id = spc.characteristic("bore");
  }

  private SpcServer.Setup setup() {
    return SpcServer.Setup.sqlite(data).withMaxBody(IN_MEMORY);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    spc.close();
  }

  private static byte[] file() {
    return ("value\n" + "10.25\n".repeat(ROWS)).getBytes(StandardCharsets.US_ASCII);
  }

  private HttpResponse<String> send(BodyPublisher body, String type, boolean expectContinue)
      throws IOException, InterruptedException {
    var uri = URI.create(spc.server.url() + "/api/v1/samples/import?characteristic_id=" + id);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .expectContinue(expectContinue)
            .POST(body);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void file_largerThanWhatIsKeptInMemory_isImportedWhole(boolean lengthIsSaid, boolean asks)
      throws Exception {
    var body =
        lengthIsSaid
            ? BodyPublishers.ofByteArray(file())
            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file()));
    var answer = send(body, "text/csv", asks);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var accepted = JsonCodec.mapper().readTree(answer.body());
    assertThat(accepted.get("samples").asInt()).isEqualTo(ROWS);
    var job = spc.ended(accepted.get("job_id").asString());
    assertThat(job.at("/result_payload/imported").asInt()).isEqualTo(ROWS);
    assertThat(data.resolve("uploads").toFile().list()).as("what is left on the disk").isEmpty();
  }

  @Test
  void file_whoseLengthIsOverTheLimit_isRefusedBeforeItIsSent() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), spc.server.port())) {
      var head =
          """
          POST /api/v1/samples/import?characteristic_id=1 HTTP/1.1\r
          Host: localhost\r
          Content-Type: text/csv\r
          Content-Length: 134217729\r
          \r
          """;
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 413")
          .contains("TOO_LARGE", "at most 134217728 are taken here");
    }
  }

  @Test
  void file_thatNeverEnds_isCutOffWithAnAnswer() throws Exception {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return '1';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) '1');
            return length;
          }
        };
    var answer = send(BodyPublishers.ofInputStream(() -> endless), "text/csv", false);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("TOO_LARGE", "134217728");
  }

  @Test
  void file_ofSomebodyWhoMaySendNone_isRefused() throws Exception {
    spc.close();
    spc = new SpcServer(setup().closedToAnonymous());
    var answer = send(BodyPublishers.ofByteArray(file()), "text/csv", false);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(data.resolve("uploads")).doesNotExist();
  }

  @Test
  void file_ofAnotherKind_isRefused() throws Exception {
    var answer = send(BodyPublishers.ofByteArray(file()), "application/zip", false);
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("text/csv");
  }

  @Test
  void form_largerThanWhatIsKeptInMemory_isTooLarge() throws Exception {
    var type = "multipart/form-data; boundary=x";
    assertThat(send(BodyPublishers.ofByteArray(file()), type, false).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({"255, not UTF-8", "0, NUL"})
  void file_thatIsNoText_isRefusedAndForgotten(int last, String reason) throws Exception {
    var bytes = file();
    bytes[bytes.length - 1] = (byte) last;
    var answer = send(BodyPublishers.ofByteArray(bytes), "text/csv", false);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
    assertThat(spc.get("/jobs").body().at("/total").asInt()).isZero();
  }
}
