package dev.headway.server.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a body as the media type that the operation takes. Stateless. */
final class BodyReader {
  static final String JSON = "application/json";
  static final String URL_ENCODED = "application/x-www-form-urlencoded";
  static final String MULTIPART = "multipart/form-data";

  private BodyReader() {}

  /**
   * The media type of a request's body, without parameters, in lower case. A body without one is
   * taken for JSON where the operation takes that.
   */
  static String mediaType(RawRequest raw, Operation operation) {
    var named = raw.header("content-type").orElse("");
    var semicolon = named.indexOf(';');
    var type = (semicolon < 0 ? named : named.substring(0, semicolon)).strip();
    var taken = operation.mediaTypes();
    return type.isEmpty() && taken.contains(JSON) ? JSON : type.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the body.
   *
   * @throws HeadwayException TOO_LARGE, UNSUPPORTED_MEDIA_TYPE or INVALID_INPUT when it cannot be
   */
  static Body read(RawRequest raw, Operation operation) {
    requireSize(raw.body().length, operation.maxBodyBytes());
    if (operation.mediaTypes().isEmpty() || raw.body().length == 0 && !operation.bodyRequired()) {
      return new Body.Empty();
    }
    var type = mediaType(raw, operation);
    requireKnown(raw, type, operation.mediaTypes());
    return switch (type) {
      case JSON -> new Body.Json(JsonCodec.parse(raw.body()));
      case URL_ENCODED -> new Body.Form(urlEncoded(raw.body()));
      case MULTIPART ->
          new Body.Form(Multipart.parse(raw.header("content-type").orElse(""), raw.body()));
      default -> new Body.Raw(type, raw.body());
    };
  }

  /** Refuses a body over a limit. */
  static void requireSize(long bytes, long limit) {
    if (bytes > limit) {
      throw new HeadwayException(
          ErrorCode.TOO_LARGE,
          "The body has %,d bytes; at most %,d are taken here".formatted(bytes, limit));
    }
  }

  private static void requireKnown(RawRequest raw, String type, List<String> taken) {
    var encoding = raw.header("content-encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "The Content-Encoding (%s) is not understood; send the body as it is"
              .formatted(Shown.text(encoding)));
    }
    if (!taken.contains(type)) {
      throw unsupported(
          "The Content-Type (%s) is not taken here; send %s"
              .formatted(Shown.text(type), String.join(" or ", taken)));
    }
  }

  private static HeadwayException unsupported(String message) {
    return new HeadwayException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message);
  }

  private static List<Request.Part> urlEncoded(byte[] body) {
    var parts = new ArrayList<Request.Part>();
    var text = new String(body, StandardCharsets.UTF_8).strip();
    Target.parameters(text)
        .forEach((name, value) ->
            parts.add(new Request.Part(name, null, value.getBytes(StandardCharsets.UTF_8))));
    return parts;
  }
}
