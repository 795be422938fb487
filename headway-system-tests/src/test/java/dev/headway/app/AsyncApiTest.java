package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.contract.AsyncApiDocument;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document of all sockets' frames: it hangs together. */
class AsyncApiTest {
  private final JsonNode document =
      YAMLMapper.builder()
          .build()
          .readTree(
              AsyncApiDocument.yaml(
                  List.of(
                      "/dev/headway/filling/asyncapi.yaml",
                      "/dev/headway/spc/asyncapi.yaml",
                      "/dev/headway/fpl/asyncapi.yaml")));

  @Test
  void references_all_leadSomewhere() {
    assertThat(document.findValuesAsString("$ref"))
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isObject()).isTrue());
  }

  @Test
  void channels_areTheContractsSockets() {
    assertThat(document.path("channels").findValuesAsString("address"))
        .containsExactlyInAnyOrder(
            "/api/v1/stream",
            "/progress/ws/{job_id}",
            "/ws/schedule/{id}",
            "/ws/comparison/{id}",
            "/ws",
            "/api/v1/analyze/{analysis_id}/stream");
  }

  @Test
  void messages_ofEveryChannel_goOneWay() {
    for (var channel : document.path("channels").properties()) {
      var place = "#/channels/" + channel.getKey();
      var sentOrReceived = new HashSet<String>();
      for (var operation : document.path("operations").values()) {
        if (operation.at("/channel/$ref").asString().equals(place)) {
          for (var message : operation.path("messages").values()) {
            assertThat(sentOrReceived.add(message.path("$ref").asString())).isTrue();
          }
        }
      }
      assertThat(sentOrReceived).hasSameSizeAs(channel.getValue().path("messages").propertyNames());
    }
  }
}
