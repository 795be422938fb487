package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.Request.Part;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;

/** Reads the body of a request that has arrived whole. */
final class Bodies {
  private static final String MULTIPART = "multipart/form-data";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";

  private static final long NEVER_ON_DISK = Long.MAX_VALUE;

  private Bodies() {}

  /**
   * The body by its media type.
   *
   * @throws HeadwayException INVALID_INPUT or TOO_LARGE when a form cannot be read
   */
  static Body read(FullHttpRequest request) {
    var mediaType = mediaType(request);
    if (request instanceof UploadedRequest uploaded
        && uploaded.outcome() instanceof Outcome.Stored(var file)) {
      return new Body.Stored(mediaType, file);
    }
    if (!request.content().isReadable()) {
      return new Body.Empty();
    }
    return switch (mediaType) {
      case MULTIPART, URL_ENCODED -> form(request);
      default -> new Body.Raw(mediaType, ByteBufUtil.getBytes(request.content()));
    };
  }

  /** The declared media type without parameters, in lower case; empty when there is none. */
  static String mediaType(HttpRequest request) {
    var declared = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    return declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a body is taken as it is, neither as JSON nor as a form. */
  static boolean isFile(String mediaType) {
    return switch (mediaType) {
      case MULTIPART, URL_ENCODED, "application/json" -> false;
      default -> true;
    };
  }

  /** The refusal of a body that is too large. */
  static String tooLarge(long limit) {
    return "The body has too many bytes; at most %d are taken here".formatted(limit);
  }

  private static Body form(FullHttpRequest request) {
    try {
      return parts(request);
    } catch (TooManyFormFieldsException | TooLongFormFieldException tooMuch) {
      throw new HeadwayException(
          ErrorCode.TOO_LARGE, "The form has too many fields; at most 128 are taken", tooMuch);
    } catch (IOException | RuntimeException malformed) { // Netty's decoder throws many kinds
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "The form cannot be read: it is malformed", malformed);
    }
  }

  private static Body parts(FullHttpRequest request) throws IOException {
    // From the head alone: a decoder that fails on the body while it is made keeps its buffers. And
    // with a factory that knows its parts: destroying a decoder leaves the one that was malformed.
    var head =
        new DefaultHttpRequest(
            request.protocolVersion(), request.method(), request.uri(), request.headers());
    var decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(NEVER_ON_DISK), head);
    try {
      decoder.offer(new DefaultLastHttpContent(request.content()));
      var parts = new ArrayList<Part>();
      for (var data : decoder.getBodyHttpDatas()) {
        parts.add(part(data));
      }
      return new Body.Form(parts);
    } finally {
      decoder.destroy();
    }
  }

  private static Part part(InterfaceHttpData data) throws IOException {
    return switch (data) {
      case FileUpload file -> new Part(file.getName(), file.getFilename(), file.get());
      case Attribute field -> new Part(field.getName(), null, field.get());
      default -> throw new IOException("an unknown kind of part");
    };
  }
}
