package dev.headway.server.http.dispatch;

import dev.headway.core.account.Principal;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.OriginPolicy.Trust;
import dev.headway.server.http.PagePolicy;
import dev.headway.server.http.Problem;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.contract.Operation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request and the headers that every answer to it carries. One thread's own, but for {@link #id},
 * {@link #operation}, {@link #limit} and {@link #finished}.
 */
final class Exchange {
  private static final String NO_OPERATION = "none";

  private final RawRequest raw;
  private final String id;
  private final Trust trust;
  private volatile String operation = NO_OPERATION;
  private volatile Duration limit = Operation.DEFAULT_LIMIT;

  Exchange(RawRequest raw, String id, Trust trust) {
    this.raw = raw;
    this.id = id;
    this.trust = trust;
  }

  RawRequest raw() {
    return raw;
  }

  String id() {
    return id;
  }

  Trust trust() {
    return trust;
  }

  /** The operation's id, for the metrics and the log. */
  String operation() {
    return operation;
  }

  /** The longest that the handler may take. */
  Duration limit() {
    return limit;
  }

  Exchange at(Operation found) {
    operation = found.id();
    limit = found.limit();
    return this;
  }

  boolean reading() {
    return raw.method().equals("GET") || raw.method().equals("HEAD");
  }

  Request request(
      Target target, Map<String, String> path, CheckedBody checked, Principal principal) {
    var baseUrl = OriginPolicy.baseUrl(raw.headers(), raw.peer().secure());
    return new Request(
        new Request.Line(raw.method(), target.path(), id),
        path,
        target.query(),
        raw.headers(),
        checked.body(),
        checked.defects(),
        new Request.Caller(principal, raw.peer(), baseUrl));
  }

  /** The answer to OPTIONS: a preflight's, if a page asks. */
  Response options(List<String> methods) {
    var answer = Response.noContent();
    return raw.header("access-control-request-method").isPresent()
        ? answer.with(OriginPolicy.preflightHeaders(methods))
        : answer;
  }

  /** The answer with the headers that all answers have. */
  Response finished(Response answer) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Request-Id", id);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    if (!answer.headers().containsKey("Cache-Control")) {
      var versioned = answer.headers().containsKey("ETag");
      headers.put("Cache-Control", versioned ? "no-cache" : "no-store");
    }
    var origin = raw.headers().get("origin");
    if (origin != null && trust.admitted()) {
      headers.putAll(OriginPolicy.answerHeaders(origin));
    }
    return switch (answer) {
      case Response.Whole whole ->
          page(Problem.standard(whole, raw.header("accept").orElse(""))).with(headers);
      case Response.Streaming stream when raw.method().equals("HEAD") ->
          Response.bytes(stream.status(), stream.format().mediaType(), new byte[0]).with(headers);
      case Response.Streaming stream -> stream.with(headers);
      case Response.Content content -> content.with(headers);
    };
  }

  /* A page that opens ours has no hold on its window. */
  private static Response page(Response.Whole whole) {
    if (!whole.mediaType().startsWith("text/html")) {
      return whole;
    }
    var framed = whole.headers().containsKey(PagePolicy.HEADER);
    var page = framed ? whole : whole.with(PagePolicy.HEADER, PagePolicy.UNFRAMED);
    return page.with("Cross-Origin-Opener-Policy", "same-origin");
  }
}
