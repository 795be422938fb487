package dev.headway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-4, 0, 5",
    "bytes=0-0, 0, 1",
    "bytes=2-, 2, 8",
    "bytes=9-99, 9, 1",
    "bytes=-3, 7, 3",
    "bytes=-99, 0, 10",
    "bytes=-0, 10, 0",
    "bytes=10-, 10, 0",
    "bytes=12-20, 12, 0",
    "bytes=999999999999999999-, 999999999999999999, 0",
  })
  void asked_oneRange_isThePartOfTenBytes(String header, long from, long length) {
    assertThat(ByteRange.asked(header, 10)).contains(new ByteRange(from, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=-",
        "bytes=4-2",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=a-b",
        "bytes=0-1000000000000000000",
        ""
      })
  void asked_somethingElse_isTheWhole(String header) {
    assertThat(ByteRange.asked(header, 10)).isEmpty();
  }
}
