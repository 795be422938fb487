package dev.headway.server.http;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The error body of every route. */
public final class Problem {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JSON = "application/json";
  private static final String STANDARD = "application/problem+json";

  private Problem() {}

  /** The answer to a refused or failed request. */
  public static Response of(HeadwayException refused, String requestId) {
    return of(status(refused.code()), refused, requestId);
  }

  /** The same with a status that says more than that of the code. */
  public static Response of(int status, HeadwayException refused, String requestId) {
    var body = NODES.objectNode();
    body.put("detail", refused.safeMessage());
    body.put("code", refused.code().name());
    if (!refused.defects().isEmpty()) {
      var errors = body.putArray("errors");
      refused.defects().forEach(defect -> errors.add(shown(defect)));
    }
    body.put("request_id", requestId);
    var answer = Response.json(status, body);
    return switch (status) {
      case 401 -> answer.with("WWW-Authenticate", "Bearer");
      case 429, 503 -> answer.with("Retry-After", seconds(refused));
      default -> answer;
    };
  }

  /**
   * An error answer as {@code application/problem+json} (RFC 9457), for who accepts that; every
   * other answer as it is.
   *
   * @param accept the request's Accept header
   */
  public static Response.Whole standard(Response.Whole answer, String accept) {
    if (answer.status() < 400
        || !answer.mediaType().equals(JSON)
        || !accept.toLowerCase(Locale.ROOT).contains(STANDARD)) {
      return answer;
    }
    var body = NODES.objectNode();
    body.put("type", "about:blank");
    body.put("title", title(answer.status()));
    body.put("status", answer.status());
    if (JsonCodec.mapper().readTree(answer.body()) instanceof ObjectNode members) {
      body.setAll(members);
    }
    return new Response.Whole(answer.status(), answer.headers(), STANDARD, JsonCodec.bytes(body));
  }

  /** The phrase of a status (RFC 9110, section 15), as RFC 9457 asks for about:blank. */
  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 416 -> "Range Not Satisfiable";
      case 415 -> "Unsupported Media Type";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Error";
    };
  }

  /** The HTTP status (RFC 9110, section 15) of an answer with this code. */
  public static int status(ErrorCode code) {
    return switch (code) {
      case INVALID_INPUT -> 400;
      case AUTHENTICATION_ERROR -> 401;
      case AUTHORIZATION_ERROR -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case REQUEST_TIMEOUT -> 408;
      case CONFLICT, TOO_LATE, LEASE_LOST, CANCELLED -> 409;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case MISDIRECTED -> 421;
      case VALIDATION_ERROR -> 422;
      case RATE_LIMITED -> 429;
      case EXECUTION_ERROR, WORKER_LOST -> 500;
      case CONNECTION_ERROR -> 502;
      case UNAVAILABLE -> 503;
      case TIMEOUT_ERROR -> 504;
    };
  }

  /** The answer to a request that failed for a reason that is the log's alone. */
  public static Response fault(String requestId) {
    var message = "An unexpected error; the log has it under the request id " + requestId;
    return of(new HeadwayException(ErrorCode.EXECUTION_ERROR, message), requestId);
  }

  private static String seconds(HeadwayException refused) {
    var wait = refused.retryAfter().orElse(DEFAULT_PATIENCE);
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }

  /** One defect of an input as every error body shows it. */
  public static ObjectNode shown(Defect defect) {
    var node = NODES.objectNode();
    if (defect.field() != null) {
      node.put("field", defect.field());
    }
    if (defect.row() != null) {
      node.put("row", defect.row());
    }
    if (defect.column() != null) {
      node.put("column", defect.column());
    }
    return node.put("message", defect.message());
  }
}
