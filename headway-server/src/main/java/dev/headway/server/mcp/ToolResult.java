package dev.headway.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.error.Defect;
import dev.headway.server.mcp.RestCalls.Answer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a tool, as the protocol has it.
 *
 * @param content for the assistant to read
 * @param structured the same for programs; null where the tool refused
 * @param refused whether it could not be done; the content says why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolResult(
    List<Text> content,
    @JsonProperty("structuredContent") @Nullable JsonNode structured,
    @JsonProperty("isError") boolean refused) {
  /** A text. */
  record Text(String type, String text) {}

  /** The answer of an operation, or its problem with everything that is wrong. */
  static ToolResult of(Answer answer) {
    return answer.refused()
        ? refused(problem(answer.body()))
        : said(answer.body().toString(), answer.body());
  }

  static ToolResult said(String text, JsonNode structured) {
    return new ToolResult(List.of(new Text("text", text)), structured, false);
  }

  /** Everything that is wrong with the arguments. */
  static ToolResult refused(List<Defect> defects) {
    return refused(defects.stream().map(Defect::message).collect(Collectors.joining("; ")));
  }

  private static ToolResult refused(String reason) {
    return new ToolResult(List.of(new Text("text", reason)), null, true);
  }

  private static String problem(JsonNode problem) {
    var said = new StringBuilder(problem.path("detail").asString("The server refused it"));
    var errors = problem.path("errors");
    for (var at = 1; at < errors.size(); at++) {
      said.append("; ").append(errors.path(at).path("message").asString());
    }
    return said.toString();
  }
}
