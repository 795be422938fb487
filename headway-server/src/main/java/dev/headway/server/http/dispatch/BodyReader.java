package dev.headway.server.http.dispatch;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.http.contract.Operation;
import dev.headway.server.json.JsonCodec;
import java.util.List;
import java.util.Locale;

/** Reads a body as the media type that the operation takes. Stateless. */
final class BodyReader {
  static final String JSON = "application/json";

  private static final List<String> USUAL = List.of(JSON, "application/octet-stream");

  private BodyReader() {}

  /**
   * The media type of a request's body, without parameters, in lower case. A body without one is
   * taken for JSON where the operation takes that, or else for bytes (RFC 9110, section 8.3).
   */
  static String mediaType(RawRequest raw, Operation operation) {
    var named = raw.header("content-type").orElse("");
    var semicolon = named.indexOf(';');
    var type = (semicolon < 0 ? named : named.substring(0, semicolon)).strip();
    var taken = operation.mediaTypes();
    return type.isEmpty()
        ? USUAL.stream().filter(taken::contains).findFirst().orElse("")
        : type.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the body.
   *
   * @throws HeadwayException TOO_LARGE, UNSUPPORTED_MEDIA_TYPE or INVALID_INPUT when it cannot be
   */
  static Body read(RawRequest raw, Operation operation) {
    requireSize(size(raw.body()), operation);
    var absent = raw.body() instanceof Body.Empty;
    if (operation.mediaTypes().isEmpty() || (absent && !operation.bodyRequired())) {
      return new Body.Empty();
    }
    var type = mediaType(raw, operation);
    if (!absent) {
      requireKnown(raw, type, operation.mediaTypes());
    }
    return switch (raw.body()) {
      case Body.Raw(_, var bytes) when type.equals(JSON) -> new Body.Json(JsonCodec.parse(bytes));
      case Body.Empty _ when operation.mediaTypes().contains(JSON) -> throw empty();
      case Body.Empty _ -> new Body.Form(List.of());
      case Body.Raw whole -> whole;
      case Body.Stored stored -> stored;
      case Body.Form form -> form;
      case Body.Json json -> json;
    };
  }

  /**
   * Judges a body by the request's head.
   *
   * @param length what the head says; 0 when it does not
   * @throws HeadwayException TOO_LARGE or UNSUPPORTED_MEDIA_TYPE when it would not be taken
   */
  static void requireTaken(RawRequest head, Operation operation, long length) {
    requireSize(length, operation);
    requireKnown(head, mediaType(head, operation), operation.mediaTypes());
  }

  private static HeadwayException empty() {
    return new HeadwayException(ErrorCode.INVALID_INPUT, "The body is empty; JSON was expected");
  }

  private static long size(Body body) {
    return switch (body) {
      case Body.Raw(_, var bytes) -> bytes.length;
      case Body.Stored(_, var file) -> file.size();
      case Body.Form(var parts, _) -> parts.stream().mapToLong(part -> part.bytes().length).sum();
      case Body.Empty _, Body.Json _ -> 0;
    };
  }

  private static void requireSize(long bytes, Operation operation) {
    var limit = operation.maxBodyBytes();
    if (bytes > limit) {
      throw new HeadwayException(
          ErrorCode.TOO_LARGE,
          "The body has %d bytes; at most %d are taken here".formatted(bytes, limit));
    }
  }

  private static void requireKnown(RawRequest raw, String type, List<String> taken) {
    var encoding = raw.header("content-encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "The Content-Encoding (%s) is not understood; send the body as it is"
              .formatted(Excerpt.text(encoding)));
    }
    if (!taken.contains(type)) {
      throw unsupported(
          "The Content-Type (%s) is not taken here; send %s"
              .formatted(Excerpt.text(type), String.join(" or ", taken)));
    }
  }

  private static HeadwayException unsupported(String message) {
    return new HeadwayException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message);
  }
}
