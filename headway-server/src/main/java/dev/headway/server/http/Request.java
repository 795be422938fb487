package dev.headway.server.http;

import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.contract.AccessLevel;
import dev.headway.server.http.contract.RecordSchema;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A request whose parameters and body have been checked against the OpenAPI document. Immutable.
 *
 * @param line what was asked for
 * @param path the path's parameters, decoded
 * @param query the query's parameters, decoded, each with its first value
 * @param headers by lower-case name
 * @param body the body
 * @param defects what the schema has against the body, where the handler refuses it; else none
 * @param caller who asks
 */
public record Request(
    Line line,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    Body body,
    List<Defect> defects,
    Caller caller) {

  /**
   * The method and path of a request.
   *
   * @param method upper case
   * @param path decoded, without query
   * @param id names the request in answers and in the log
   */
  public record Line(String method, String path, String id) {}

  /**
   * The caller.
   *
   * @param principal what the credentials prove
   * @param peer where the request came from
   * @param baseUrl where this server is reached, for example {@code http://localhost:8000}
   */
  public record Caller(Principal principal, RawRequest.Peer peer, String baseUrl) {
    /** The peer's address. */
    public String address() {
      return peer.address();
    }

    /** Whether the caller is still there to be answered. */
    public BooleanSupplier connected() {
      return peer.connected();
    }
  }

  /** The body of a request. */
  public sealed interface Body {
    /** Nothing. */
    record Empty() implements Body {}

    /** One JSON value. */
    record Json(JsonNode value) implements Body {}

    /**
     * A form, url-encoded or multipart.
     *
     * @param parts in order
     * @param values the fields that are no files, as the JSON that the schema makes of them
     */
    record Form(List<Part> parts, JsonNode values) implements Body {
      /** A form that no schema has been held against. */
      public Form(List<Part> parts) {
        this(parts, JsonNodeFactory.instance.objectNode());
      }
    }

    /** Anything else. The bytes are the receiver's to read, not to change. */
    @SuppressWarnings("ArrayRecordComponent") // an upload is not copied
    record Raw(String mediaType, byte[] bytes) implements Body {}

    /** A file that is too large for the memory; gone once the request has been answered. */
    record Stored(String mediaType, BodyFile file) implements Body {}
  }

  /**
   * A part of a form.
   *
   * @param name the field's name
   * @param fileName the file's name; null for a plain field
   * @param bytes the content
   */
  @SuppressWarnings("ArrayRecordComponent") // an upload is not copied
  public record Part(String name, @Nullable String fileName, byte[] bytes) {
    /** The content as UTF-8 text. */
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The caller. */
  public Principal principal() {
    return caller.principal();
  }

  /**
   * The user who asks.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR when nobody has signed in
   */
  public Principal.Known user() {
    if (principal() instanceof Principal.Known known) {
      return known;
    }
    throw AccessLevel.unauthenticated();
  }

  /**
   * The body as JSON, or the fields of a form; the router has made sure that it is there where the
   * document requires it. Handlers bind it by {@link #json(Class)}.
   */
  public JsonNode json() {
    return switch (body) {
      case Body.Json(var value) -> value;
      case Body.Form(_, var values) -> values;
      case Body.Raw _, Body.Stored _, Body.Empty _ ->
          throw new HeadwayException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "The body must be JSON (Content-Type: application/json)");
    };
  }

  /**
   * The body as a record, JSON or a form; the router has checked it by the document's schema. The
   * members that have {@link #defects} are left out.
   *
   * @throws HeadwayException INVALID_INPUT when it is not of the record's shape
   */
  public <T> T json(Class<T> type) {
    return RecordSchema.bind(RecordSchema.sound(json(), "", defects), type);
  }

  /**
   * The entries of a list in the body as records, in order. The members that have {@link #defects}
   * are left out.
   *
   * @param member the list's name
   * @throws HeadwayException INVALID_INPUT when one is not of the record's shape
   */
  public <T> List<T> jsonList(String member, Class<T> type) {
    var entries = new ArrayList<T>();
    for (var entry : json().path(member).values()) {
      var prefix = "%s[%d].".formatted(member, entries.size());
      entries.add(RecordSchema.bind(RecordSchema.sound(entry, prefix, defects), type));
    }
    return entries;
  }

  /** The JSON body as a record, or {@code otherwise} when there is no body. */
  public <T> T json(Class<T> type, T otherwise) {
    return body instanceof Body.Json ? json(type) : otherwise;
  }

  /**
   * The bytes of a body that is neither JSON nor a form, from the beginning; may be asked for
   * again.
   */
  public InputStream bytes() {
    return switch (body) {
      case Body.Raw(_, var bytes) -> new ByteArrayInputStream(bytes);
      case Body.Stored(_, var file) -> file.content();
      case Body.Json _, Body.Form _, Body.Empty _ -> InputStream.nullInputStream();
    };
  }

  /** How many bytes a body has that is neither JSON nor a form. */
  public long byteCount() {
    return switch (body) {
      case Body.Raw(_, var bytes) -> bytes.length;
      case Body.Stored(_, var file) -> file.size();
      case Body.Json _, Body.Form _, Body.Empty _ -> 0;
    };
  }

  /** The first part of a form with a name. */
  public Optional<Part> part(String name) {
    return body instanceof Body.Form(var parts, _)
        ? parts.stream().filter(part -> part.name().equals(name)).findFirst()
        : Optional.empty();
  }

  /** A path parameter that the document says is an integer. */
  public long pathLong(String name) {
    return Long.parseLong(pathText(name));
  }

  /** A path parameter that the document says is a UUID. */
  public UUID pathUuid(String name) {
    return UUID.fromString(pathText(name));
  }

  /** A path parameter. */
  public String pathText(String name) {
    var value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The path has no parameter " + name);
    }
    return value;
  }

  /** A query parameter, if it was given. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A query parameter that the document says is an integer of 64 bits, or its default. */
  public long queryLong(String name, long otherwise) {
    return query(name).map(Long::parseLong).orElse(otherwise);
  }

  /** A query parameter that the document says is an integer of 32 bits, or its default. */
  public int queryInt(String name, int otherwise) {
    return query(name).map(Integer::parseInt).orElse(otherwise);
  }

  /** A header by lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
