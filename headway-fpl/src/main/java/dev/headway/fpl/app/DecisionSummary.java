package dev.headway.fpl.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A decision that does not fit into a frame, without what can be looked up. */
final class DecisionSummary {
  private static final List<String> KEPT =
      List.of(
          "primary_decision",
          "reasoning",
          "confidence_score",
          "confidence_label",
          "transfer_recommendations",
          "captaincy",
          "chip_guidance",
          "optimized_xi");

  private static final Set<String> REASONS = Set.of("reasoning", "explanation", "outlook");

  private DecisionSummary() {}

  /** The summary of a decision, and where the whole of it is. */
  static Map<String, Object> of(JsonNode decision, String url) {
    var summary = new LinkedHashMap<String, Object>();
    for (var key : KEPT) {
      var value = decision.path(key).deepCopy();
      strip(value);
      summary.put(key, value);
    }
    summary.put("result_url", url);
    return summary;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(REASONS);
    }
    node.values().forEach(DecisionSummary::strip);
  }
}
