package dev.headway.server.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a {@code multipart/form-data} body apart (RFC 7578, in the syntax of RFC 2046). */
final class Multipart {
  private static final int MAX_PARTS = 100;
  private static final int MAX_HEADERS = 8_192;
  private static final byte[] LINE = {'\r', '\n'};
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"");

  private final byte[] body;
  private final byte[] delimiter;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The parts in order.
   *
   * @throws HeadwayException INVALID_INPUT when it is not well-formed
   */
  static List<Request.Part> parse(String contentType, byte[] body) {
    var boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw malformed("its Content-Type names no boundary");
    }
    return new Multipart(body, first(boundary)).parts();
  }

  private static String first(Matcher boundary) {
    var quoted = boundary.group(1);
    return quoted == null ? boundary.group(2) : quoted;
  }

  private List<Request.Part> parts() {
    var parts = new ArrayList<Request.Part>();
    var at = start();
    while (!startsWith(at, new byte[] {'-', '-'})) {
      var headers = skipLine(at);
      var blank = startsWith(headers, LINE) ? headers - 2 : find(BLANK_LINE, headers);
      var end = find(delimiter, Math.max(headers - 2, blank + 2));
      if (blank - headers > MAX_HEADERS || blank > end || parts.size() == MAX_PARTS) {
        throw malformed("a part's headers are too long, or there are over 100 parts");
      }
      parts.add(part(text(headers, Math.max(headers, blank)), blank + 4, end));
      at = end + delimiter.length;
    }
    return parts;
  }

  /** The first delimiter may stand at the very beginning, without the line end before it. */
  private int start() {
    var bare = Arrays.copyOfRange(delimiter, 2, delimiter.length);
    return startsWith(0, bare) ? bare.length : find(delimiter, 0) + delimiter.length;
  }

  private Request.Part part(String headers, int from, int to) {
    for (var line : headers.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        var name = parameter(NAME, line).orElseThrow(() -> malformed("a part has no name"));
        var file = parameter(FILE_NAME, line).orElse(null);
        return new Request.Part(name, file, Arrays.copyOfRange(body, from, Math.max(from, to)));
      }
    }
    throw malformed("a part has no Content-Disposition");
  }

  private static Optional<String> parameter(Pattern pattern, String line) {
    var found = pattern.matcher(line);
    return found.find() ? Optional.of(found.group(1).replace("%22", "\"")) : Optional.empty();
  }

  private int skipLine(int from) {
    return find(LINE, from) + LINE.length;
  }

  private int find(byte[] wanted, int from) {
    for (var i = from; i <= body.length - wanted.length; i++) {
      if (startsWith(i, wanted)) {
        return i;
      }
    }
    throw malformed("it ends before its last boundary");
  }

  private boolean startsWith(int from, byte[] wanted) {
    return from >= 0
        && from + wanted.length <= body.length
        && Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private String text(int from, int to) {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  private static HeadwayException malformed(String why) {
    return new HeadwayException(
        ErrorCode.INVALID_INPUT, "The multipart body is not well-formed: " + why);
  }
}
