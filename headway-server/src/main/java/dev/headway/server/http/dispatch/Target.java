package dev.headway.server.http.dispatch;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request target (RFC 9112, section 3.2), taken apart and decoded once. A segment never holds a
 * slash, a dot segment or a control character, so no later step can read it differently.
 *
 * @param segments the path's segments, decoded; none for {@code /}
 * @param query the parameters, decoded, each with its first value, without the token
 * @param token the query's token; null when there is none
 */
public record Target(List<String> segments, Map<String, String> query, @Nullable String token) {
  private static final String TOKEN = "token";

  /** The path, decoded. */
  public String path() {
    return "/" + String.join("/", segments);
  }

  /**
   * Takes a target apart.
   *
   * @throws HeadwayException INVALID_INPUT when it is not a clean one
   */
  public static Target parse(String raw) {
    var target = originForm(raw);
    var mark = target.indexOf('?');
    var path = mark < 0 ? target : target.substring(0, mark);
    var query = parameters(mark < 0 ? "" : target.substring(mark + 1));
    var token = query.remove(TOKEN);
    return new Target(segments(path), Map.copyOf(query), token);
  }

  /** The parameters of a query, decoded, each with its first value. */
  private static Map<String, String> parameters(String encoded) {
    var all = new LinkedHashMap<String, String>();
    for (var pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        var equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        all.putIfAbsent(decode(name.replace('+', ' ')), decode(value.replace('+', ' ')));
      }
    }
    return all;
  }

  /** The target as it may be logged: nothing of a token, nothing but printable ASCII. */
  static String loggable(String raw) {
    var mark = raw.indexOf('?');
    var path = mark < 0 ? raw : raw.substring(0, mark);
    var kept = new ArrayList<String>();
    if (mark >= 0) {
      for (var pair : raw.substring(mark + 1).split("&", -1)) {
        kept.add(namesToken(pair) ? TOKEN + "=***" : pair);
      }
    }
    var text = mark < 0 ? path : path + "?" + String.join("&", kept);
    return text.replaceAll("[^\\x21-\\x7e]", "?");
  }

  private static boolean namesToken(String pair) {
    var equals = pair.indexOf('=');
    var name = equals < 0 ? pair : pair.substring(0, equals);
    try {
      return decode(name).toLowerCase(Locale.ROOT).contains(TOKEN);
    } catch (HeadwayException _) {
      return true;
    }
  }

  private static String originForm(String raw) {
    for (var i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) <= ' ' || raw.charAt(i) > '~' || "#\\".indexOf(raw.charAt(i)) >= 0) {
        throw bad("The request target holds a character that must be percent-encoded");
      }
    }
    var authority = raw.startsWith("http://") || raw.startsWith("https://");
    var start = authority ? raw.indexOf('/', raw.indexOf("//") + 2) : 0;
    if (start < 0 || !raw.startsWith("/", start)) {
      throw bad("The request target must be a path that begins with /");
    }
    return raw.substring(start);
  }

  private static List<String> segments(String path) {
    if (path.equals("/")) {
      return List.of();
    }
    var segments = new ArrayList<String>();
    for (var encoded : path.substring(1).split("/", -1)) {
      var segment = decode(encoded);
      if (segment.equals(".") || segment.equals("..") || !clean(segment)) {
        throw bad("The path must not hold dot segments, encoded slashes or control characters");
      }
      segments.add(segment);
    }
    return List.copyOf(segments);
  }

  private static boolean clean(String segment) {
    for (var at = 0; at < segment.length(); at++) {
      var c = segment.charAt(at);
      if (c == '/' || c == '\\' || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }

  /** Decodes percent-encoding (RFC 3986, section 2.1) as strict UTF-8. */
  private static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    var source = encoded.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(source.length);
    for (var i = 0; i < source.length; i++) {
      bytes.put(source[i] == '%' ? octet(source, i) : source[i]);
      i += source[i] == '%' ? 2 : 0;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw bad("Percent-encoded text must be valid UTF-8");
    }
  }

  private static byte octet(byte[] source, int at) {
    var complete = at + 2 < source.length;
    var high = complete ? Character.digit(source[at + 1], 16) : -1;
    var low = complete ? Character.digit(source[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw bad("A % must be followed by two hexadecimal digits; a % itself is written %25");
    }
    return (byte) (high << 4 | low);
  }

  private static HeadwayException bad(String message) {
    return new HeadwayException(ErrorCode.INVALID_INPUT, message);
  }
}
