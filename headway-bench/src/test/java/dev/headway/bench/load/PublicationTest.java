package dev.headway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublicationTest {
  @Test
  void post_withANumber_isAWholeRequest() {
    var publication =
        Publication.post(
            "/jobs/7/progress", List.of("X-Key: 1"), "{\"n\":#######,\"m\":\"#######\"}");
    var buffer = publication.with(1_234_567, UnpooledByteBufAllocator.DEFAULT);
    assertThat(buffer.toString(StandardCharsets.US_ASCII))
        .startsWith("POST /jobs/7/progress HTTP/1.1\r\nHost: localhost\r\n")
        .contains("Content-Length: 27\r\n", "X-Key: 1\r\n")
        .endsWith("\r\n\r\n{\"n\":1234567,\"m\":\"1234567\"}");
    buffer.release();
  }
}
