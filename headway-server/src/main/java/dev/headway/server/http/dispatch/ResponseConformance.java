package dev.headway.server.http.dispatch;

import dev.headway.core.error.Defect;
import dev.headway.server.http.Response;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.contract.RequestSchemas;
import dev.headway.server.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Checks answers against the document: what the server's and the applications' tests hold every
 * answer to. Thread-safe.
 */
public final class ResponseConformance {
  private final OpenApiDocument document;
  private final RequestSchemas schemas;

  /** Holds answers to a document. */
  public ResponseConformance(OpenApiDocument document) {
    this.document = document;
    this.schemas = new RequestSchemas(document);
  }

  /**
   * Everything in which an answer differs from what the document says of its operation; empty when
   * it conforms.
   */
  public List<Defect> defects(String operationId, Response.Whole answer) {
    var operation = document.operations().get(operationId);
    if (operation == null) {
      return List.of(Defect.of("The document has no operation " + operationId));
    }
    var responses = operation.definition().path("responses");
    var described =
        responses.has(Integer.toString(answer.status()))
            ? responses.get(Integer.toString(answer.status()))
            : responses.path("default");
    var resolved = document.resolve(described);
    if (resolved.isMissingNode()) {
      return List.of(Defect.of("%s does not answer %d".formatted(operationId, answer.status())));
    }
    var defects = new ArrayList<>(headerDefects(resolved, answer.headers()));
    defects.addAll(bodyDefects(operationId, resolved, answer));
    return defects;
  }

  private static List<Defect> headerDefects(JsonNode described, Map<String, String> headers) {
    return described.path("headers").propertyNames().stream()
        .filter(name -> !headers.containsKey(name))
        .map(name -> Defect.of("The header %s is missing".formatted(name)))
        .toList();
  }

  private List<Defect> bodyDefects(String operationId, JsonNode described, Response.Whole answer) {
    var type = answer.mediaType().split(";", 2)[0];
    var content = described.path("content");
    if (content.isEmpty()) {
      return answer.body().length == 0 ? List.of() : List.of(Defect.of("There must be no body"));
    }
    if (!content.has(type)) {
      return List.of(
          Defect.of(
              "The media type (%s) must be one of %s".formatted(type, content.propertyNames())));
    }
    if (!type.equals(BodyReader.JSON)) {
      return List.of();
    }
    var name = "%s %d".formatted(operationId, answer.status());
    var schema = content.path(type).path("schema");
    return schemas.defects(name, () -> schema, JsonCodec.parse(answer.body()));
  }
}
