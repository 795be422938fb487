package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Request bodies of the whole contract: a member that is not in it is refused. */
final class RequestBodiesTest {
  private static final JsonNode ROOT =
      OpenApiDocument.load(
              List.of(
                  "/dev/headway/filling/openapi.yaml",
                  "/dev/headway/spc/openapi.yaml",
                  "/dev/headway/fpl/openapi.yaml"))
          .root();

  @Test
  void bodies_haveNoOtherMembersThanTheirSchemaSays() {
    var open = new ArrayList<String>();
    var closed = new ArrayList<String>();
    for (var path : ROOT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        for (var body : resolved(operation.getValue().path("requestBody")).path("content")) {
          var schema = resolved(body.path("schema"));
          if (schema.has("properties")) {
            var refuses = !schema.path("additionalProperties").asBoolean(true);
            (refuses ? closed : open).add(operation.getKey() + " " + path.getKey());
          }
        }
      }
    }
    assertThat(open).isEmpty();
    assertThat(closed).hasSizeGreaterThan(30);
  }

  private static JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : resolved(ROOT.at(reference.substring(1)));
  }
}
