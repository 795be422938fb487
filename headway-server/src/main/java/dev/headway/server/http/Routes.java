package dev.headway.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The handlers of operations, by the {@code operationId} of the OpenAPI document. */
public final class Routes {
  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  /**
   * Names the handler of an operation.
   *
   * @throws IllegalArgumentException when it already has one
   */
  public Routes on(String operationId, Handler handler) {
    if (handlers.put(operationId, handler) != null) {
      throw new IllegalArgumentException(
          "The operation (%s) has two handlers".formatted(operationId));
    }
    return this;
  }

  /** Adds all of another's. */
  public Routes addAll(Routes others) {
    others.handlers.forEach(this::on);
    return this;
  }

  /** The handlers by operation. */
  public Map<String, Handler> handlers() {
    return Map.copyOf(handlers);
  }
}
