package dev.headway.server.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request.Body;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests, and the memory that reading them leaves behind. */
final class BodiesTest {
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=b";

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);

  private FullHttpRequest post(String mediaType, String body) {
    var content = memory.buffer().writeBytes(body.getBytes(UTF_8));
    var request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/token", content);
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
    return request;
  }

  @Test
  void form_ofEitherKind_isReadAndLeavesNothing() {
    var fields = post(URL_ENCODED, "name=a%20b&empty=");
    var parts =
        post(
            MULTIPART,
            "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na b\r\n--b--\r\n");

    assertThat(((Body.Form) Bodies.read(fields)).parts()).hasSize(2);
    assertThat(((Body.Form) Bodies.read(parts)).parts())
        .singleElement()
        .satisfies(part -> assertThat(part.text()).isEqualTo("a b"));
    fields.release();
    parts.release();
    assertThat(memory.metric().usedHeapMemory()).isZero();
  }

  @Test
  void parts_malformed_areRefusedAndLeaveNothing() {
    var head = "--b\r\nContent-Disposition: form-data\r\n\r\n";
    var request = post(MULTIPART, head + "no name\r\n--b--\r\n");

    assertThatThrownBy(() -> Bodies.read(request)).isInstanceOf(HeadwayException.class);
    request.release();
    assertThat(memory.metric().usedHeapMemory()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "a=1&b=%", "a=1&b=2%&c=3"})
  void form_malformed_isRefusedAndLeavesNothing(String body) {
    var request = post(URL_ENCODED, body);

    assertThatThrownBy(() -> Bodies.read(request)).isInstanceOf(HeadwayException.class);
    request.release();
    assertThat(memory.metric().usedHeapMemory()).isZero();
  }
}
