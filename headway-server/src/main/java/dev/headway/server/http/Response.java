package dev.headway.server.http;

import dev.headway.core.account.Principal;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.StreamSession;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer. */
public sealed interface Response {
  /** The HTTP status. */
  int status();

  /** Headers besides the body's own. */
  Map<String, String> headers();

  /**
   * A complete answer.
   *
   * @param body the bytes, which must not be changed afterwards; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // a body is not copied
  record Whole(int status, Map<String, String> headers, String mediaType, byte[] body)
      implements Response {}

  /**
   * An answer that goes on: events as they happen.
   *
   * @param format how events are separated
   * @param listener against whose connections it counts
   * @param session opened once the headers are out
   */
  record Streaming(
      int status,
      Map<String, String> headers,
      Format format,
      Principal listener,
      StreamSession.Opening session)
      implements Response {}

  /**
   * An answer that is read from somewhere while it is sent.
   *
   * @param length the bytes that are sent
   * @param content at least as many; closed by whoever takes the answer
   */
  record Content(
      int status, Map<String, String> headers, String mediaType, long length, InputStream content)
      implements Response, Closeable {
    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** How the events of a streaming answer are separated. */
  enum Format {
    /** {@code text/event-stream}: the session's frames are complete SSE blocks. */
    SSE("text/event-stream"),
    /** {@code application/x-ndjson}: each frame is a line. */
    NDJSON("application/x-ndjson");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** The Content-Type. */
    public String mediaType() {
      return mediaType;
    }
  }

  /** A JSON answer of any value that Jackson can write. */
  static Response json(int status, Object value) {
    return bytes(status, "application/json", JsonCodec.bytes(value));
  }

  /** 200 with a JSON body. */
  static Response ok(Object value) {
    return json(200, value);
  }

  /** 204. */
  static Response noContent() {
    return bytes(204, "", new byte[0]);
  }

  /** A plain-text answer. */
  static Response text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of bytes, which must not be changed afterwards. */
  static Response bytes(int status, String mediaType, byte[] body) {
    return new Whole(status, Map.of(), mediaType, body);
  }

  /** The same answer with one more header. */
  default Response with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same answer with more headers, in their order. */
  default Response with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers());
    all.putAll(more);
    return switch (this) {
      case Whole whole -> new Whole(whole.status(), all, whole.mediaType(), whole.body());
      case Streaming stream ->
          new Streaming(stream.status(), all, stream.format(), stream.listener(), stream.session());
      case Content part ->
          new Content(part.status(), all, part.mediaType(), part.length(), part.content());
    };
  }
}
