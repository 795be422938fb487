package dev.headway.server.http;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The error body of every route. */
public final class Problem {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Problem() {}

  /** The answer to a refused or failed request. */
  static Response of(HeadwayException refused, String requestId) {
    var code = refused.code();
    var body = NODES.objectNode();
    body.put("detail", refused.safeMessage());
    body.put("code", code.name());
    if (!refused.defects().isEmpty()) {
      var errors = body.putArray("errors");
      refused.defects().forEach(defect -> errors.add(shown(defect)));
    }
    body.put("request_id", requestId);
    var status = status(code);
    var answer = Response.json(status, body);
    return switch (status) {
      case 401 -> answer.with("WWW-Authenticate", "Bearer");
      case 429, 503 -> answer.with("Retry-After", seconds(refused));
      default -> answer;
    };
  }

  /** The HTTP status (RFC 9110, section 15) of an answer with this code. */
  static int status(ErrorCode code) {
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
  static Response fault(String requestId) {
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
