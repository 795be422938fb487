package dev.headway.fpl.plan.search;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests, progress and results on their way to the solver process and back. */
final class PlanJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PlanJson() {}

  static JsonNode write(Record value) {
    return MAPPER.valueToTree(value);
  }

  static <T extends Record> T read(JsonNode json, Class<T> type) {
    return MAPPER.treeToValue(json, type);
  }
}
