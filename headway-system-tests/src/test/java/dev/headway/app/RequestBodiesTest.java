package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.contract.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Requests of the whole contract: the schema of a body checks it, and a member that is not in it is
 * refused; numbers in parameters have bounds.
 */
final class RequestBodiesTest {
  /** Operations whose bodies are too large for a schema, or are no JSON. */
  private static final Set<String> CHECKED_BY_HANDLER =
      Set.of(
          "createSample",
          "createSamples",
          "importSamples",
          "previewFile",
          "previewSource",
          "putSeason");

  /** A lot is a row of a table, whose further columns are left out with a warning. */
  private static final String TABLE_ROW = ".lots_data[]";

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
    forEachBody((operation, schema) -> collect(operation, schema, open, closed));
    assertThat(open).isEmpty();
    assertThat(closed).hasSizeGreaterThan(30);
  }

  /* An object in an object, too: whoever mistypes a member there is told as well. */
  private static void collect(
      String path, JsonNode schema, List<String> open, List<String> closed) {
    var whole = resolved(schema);
    if (whole.has("properties")) {
      var refuses = !whole.path("additionalProperties").asBoolean(true);
      if (!path.endsWith(TABLE_ROW)) {
        (refuses ? closed : open).add(path);
      }
      whole
          .path("properties")
          .properties()
          .forEach(
              member -> collect(path + "." + member.getKey(), member.getValue(), open, closed));
    }
    if (whole.has("items")) {
      collect(path + "[]", whole.path("items"), open, closed);
    }
  }

  @Test
  void bodies_areCheckedByTheirSchema() {
    var byHandler = new TreeSet<String>();
    for (var path : ROOT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (operation.getValue().path("x-validated-by").asString("").equals("handler")) {
          byHandler.add(operation.getValue().path("operationId").asString());
        }
      }
    }
    assertThat(byHandler).isEqualTo(new TreeSet<>(CHECKED_BY_HANDLER));
  }

  /* Handlers read them as an int or as a long: one that is neither would be a fault at 2^31. */
  @Test
  void parameters_wholeNumbers_areBoundedOrOf64Bits() {
    var unbounded = new ArrayList<String>();
    for (var path : ROOT.path("paths").properties()) {
      for (var part : path.getValue().findValues("parameters")) {
        for (var parameter : part) {
          var schema = resolved(parameter).path("schema");
          var bounded = schema.path("maximum").asLong(Long.MAX_VALUE) <= Integer.MAX_VALUE;
          if (schema.path("type").asString("").equals("integer")
              && !bounded
              && !schema.path("format").asString("").equals("int64")) {
            unbounded.add(path.getKey() + " " + resolved(parameter).path("name").asString());
          }
        }
      }
    }
    assertThat(unbounded).isEmpty();
  }

  private static void forEachBody(BiConsumer<String, JsonNode> look) {
    for (var path : ROOT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        for (var body : resolved(operation.getValue().path("requestBody")).path("content")) {
          look.accept(operation.getKey() + " " + path.getKey(), body.path("schema"));
        }
      }
    }
  }

  private static JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : resolved(ROOT.at(reference.substring(1)));
  }
}
