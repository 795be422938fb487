package dev.headway.server.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.server.json.JsonCodec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class OpenApiDocumentTest {
  private static final String PARTS = "/dev/headway/server/http/";

  @Test
  void load_server_hasEveryAgreedOperation() {
    assertThat(OpenApiDocument.load(List.of()).operations().keySet())
        .contains(
            "submitJob",
            "listJobs",
            "getJob",
            "deleteJob",
            "cancelJob",
            "retryJob",
            "claimJob",
            "reportProgress",
            "completeJob",
            "failJob",
            "acknowledgeCancel",
            "readLog",
            "appendLog",
            "jobEvents",
            "topicEvents",
            "register",
            "login",
            "me",
            "refresh",
            "logout",
            "changePassword",
            "createKey",
            "listKeys",
            "deleteKey",
            "createWatchToken",
            "health",
            "ready",
            "metrics",
            "sendNotice");
  }

  @Test
  void load_everyReference_leadsSomewhere() {
    var root = OpenApiDocument.load(List.of(PARTS + "part.yaml")).root();

    assertThat(root.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(root.at(reference.substring(1)).isObject()).isTrue());
  }

  @Test
  void load_everyOperation_hasSummaryTagAndDescribedAnswers() {
    for (var operation : OpenApiDocument.load(List.of()).operations().values()) {
      var definition = operation.definition();
      assertThat(definition.path("summary").asString("")).as(operation.id()).isNotBlank();
      assertThat(definition.path("tags").isEmpty()).as(operation.id()).isFalse();
      assertThat(definition.path("responses").isEmpty()).as(operation.id()).isFalse();
    }
  }

  @Test
  void load_everyErrorCode_isDescribed() {
    var codes = OpenApiDocument.load(List.of()).root().at("/components/schemas/ErrorCode/enum");

    assertThat(codes.values().stream().map(JsonNode::asString))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void load_part_isMerged() {
    var document = OpenApiDocument.load(List.of(PARTS + "part.yaml"));

    assertThat(document.operations()).containsKeys("makeThing", "submitJob");
    assertThat(document.root().at("/components/schemas/Thing").isObject()).isTrue();
    assertThat(document.root().at("/tags").findValuesAsString("name")).contains("things", "jobs");
  }

  @Test
  void load_clashingParts_allClashesNamed() {
    assertThatThrownBy(() -> OpenApiDocument.load(List.of(PARTS + "clash.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("get of /health")
        .hasMessageContaining("Problem of schemas");
  }

  @Test
  void load_missingPart_isNamed() {
    assertThatThrownBy(() -> OpenApiDocument.load(List.of("/nowhere.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/nowhere.yaml");
  }

  @Test
  void yamlAndJson_readBack_areTheSameDocument() {
    var document = OpenApiDocument.load(List.of(PARTS + "part.yaml"));

    assertThat(YAMLMapper.builder().build().readTree(document.yaml()))
        .isEqualTo(JsonCodec.parse(document.json()));
  }
}
