package dev.headway.server.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.HeadwayException;
import dev.headway.testkit.fuzz.Fuzzing;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of forms, multipart and url-encoded: each is read or refused as malformed or too large.
 */
public final class FormFuzzTest {
  /** Takes one input; one that begins with a dash is multipart. */
  public static void fuzzerTestOneInput(byte[] input) {
    var body = Unpooled.wrappedBuffer(input);
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", body);
    var multipart = input.length > 0 && input[0] == '-';
    request
        .headers()
        .set(
            HttpHeaderNames.CONTENT_TYPE,
            multipart ? "multipart/form-data; boundary=edge" : "application/x-www-form-urlencoded");
    try {
      assertThat(Bodies.read(request)).isNotNull();
    } catch (HeadwayException refused) {
      assertThat(refused.code().name()).isIn("INVALID_INPUT", "TOO_LARGE");
    } finally {
      request.release();
    }
  }

  @Test
  void form_ofAnyBytes_isReadOrRefused() {
    Fuzzing.run(FormFuzzTest.class, FormFuzzTest::fuzzerTestOneInput);
  }
}
