package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that publish one message: made once, with places into which each message's number of
 * seven digits is written.
 */
public final class Publication {
  /** Where the number goes. */
  public static final String NUMBER = "#######";

  /** The first number; all have seven digits. */
  public static final long FIRST = 1_000_000;

  private final byte[] bytes;
  private final int[] places;

  private Publication(byte[] bytes, int[] places) {
    this.bytes = bytes;
    this.places = places;
  }

  /** Bytes as they are sent, with {@link #NUMBER} where the number goes. */
  public static Publication raw(String text) {
    var places = new ArrayList<Integer>();
    for (var at = text.indexOf(NUMBER); at >= 0; at = text.indexOf(NUMBER, at + 1)) {
      places.add(at);
    }
    return new Publication(
        text.getBytes(StandardCharsets.ISO_8859_1),
        places.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A JSON body that is posted. */
  public static Publication post(String path, List<String> headers, String body) {
    var request =
        new StringBuilder("POST ")
            .append(path)
            .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
            .append("Content-Length: ")
            .append(body.length())
            .append("\r\n");
    headers.forEach(line -> request.append(line).append("\r\n"));
    return raw(request.append("\r\n").append(body).toString());
  }

  ByteBuf with(long number, ByteBufAllocator memory) {
    var buffer = memory.directBuffer(bytes.length).writeBytes(bytes);
    for (var place : places) {
      var left = number;
      for (var at = place + 6; at >= place; at--) {
        buffer.setByte(at, (int) ('0' + left % 10));
        left /= 10;
      }
    }
    return buffer;
  }
}
