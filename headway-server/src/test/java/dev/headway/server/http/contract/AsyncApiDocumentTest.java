package dev.headway.server.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class AsyncApiDocumentTest {
  private static final String PARTS = "/dev/headway/server/http/";

  @Test
  void yaml_withoutParts_leadsNowhereElse() {
    var document = document(List.of());

    assertThat(document.path("channels").propertyNames()).containsExactly("native", "jobs");
    assertThat(document.findValuesAsString("$ref"))
        .allSatisfy(to -> assertThat(document.at(to.substring(1)).isObject()).as(to).isTrue());
  }

  @Test
  void yaml_partExtendsAnAlternative_joinsIt() {
    var document = document(List.of(PARTS + "sockets.yaml"));

    assertThat(document.path("channels").propertyNames()).contains("pump");
    var snapshots = document.at("/components/schemas/Snapshot/anyOf");
    assertThat(snapshots.findValuesAsString("$ref"))
        .contains("#/components/schemas/WorkSnapshot", "#/components/schemas/PumpSnapshot");
  }

  @Test
  void yaml_partDescribesAChannelOtherwise_isRefusedWithItsName() {
    assertThatThrownBy(() -> AsyncApiDocument.yaml(List.of(PARTS + "sockets-clash.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address of native is described differently");
  }

  private static JsonNode document(List<String> parts) {
    return YAMLMapper.builder().build().readTree(AsyncApiDocument.yaml(parts));
  }
}
