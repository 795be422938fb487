package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The reason of a violation in a sentence, with the numbers of its points. Centre 10, sigma 1. */
final class ViolationExplanationTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.limited("bore");
    var rules =
        IntStream.rangeClosed(1, 8)
            .mapToObj("{\"rule_id\":%d,\"enabled\":true}"::formatted)
            .collect(Collectors.joining(",", "{\"rules\":[", "]}"));
    spc.call("PUT", "/api/v1/characteristics/%d/rules".formatted(id), null, rules).expect(200);
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private JsonNode explanation(int rule, String chart, double... values) throws Exception {
    for (var value : values) {
      spc.sample(id, value).expect(201);
    }
    var all = spc.get("/api/v1/violations?characteristic_id=" + id).expect(200).body();
    var found =
        all.get("violations")
            .valueStream()
            .filter(one -> one.get("rule_id").asInt() == rule)
            .filter(one -> one.get("chart").asString().equals(chart))
            .findFirst()
            .orElseThrow();
    return spc.get("/api/v1/violations/" + found.get("id").asLong())
        .expect(200)
        .body()
        .get("explanation");
  }

  private String sentence(int rule, double... values) throws Exception {
    return explanation(rule, "individual", values).get("sentence").asString();
  }

  @Test
  void rule1_pointBeyond_saysItsNumbersInTheFormula() throws Exception {
    var found = explanation(1, "individual", 10, 14.5);
    assertThat(found.get("sentence").asString())
        .isEqualTo(
            "Sample 2, value 14.50, lies 4.50 sigma above the centre line, more than 3:"
                + " (14.50 - 10.00) / 1 = 4.50.");
    var point = found.at("/points/0");
    assertThat(point.get("sample_id").asLong()).isEqualTo(2);
    assertThat(point.get("value").asDouble()).isEqualTo(14.5);
    assertThat(point.get("center_line").asDouble()).isEqualTo(10);
    assertThat(point.get("sigma").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(point.get("z").asDouble()).isEqualTo(4.5);
  }

  @Test
  void rule1_ofTheSpread_isExplainedByTheSpread() throws Exception {
    assertThat(explanation(1, "moving_range", 9, 13.1).get("sentence").asString())
        .startsWith("Sample 2, moving range 4.100, lies ")
        .contains("(4.100 - 1.128) / 0.8525 = ");
  }

  @Test
  void rule2_run_namesItsSamples() throws Exception {
    var values = new double[] {9, 10.2, 10.4, 10.2, 10.4, 10.2, 10.4, 10.4, 10.2, 10.2, 10.4};
    assertThat(sentence(2, values))
        .isEqualTo(
            "10 points in a row (the rule asks for 9) lie above the centre line 10.00: samples 2"
                + " to 11.");
  }

  @Test
  void rule3_trend_saysFromWhereToWhere() throws Exception {
    assertThat(sentence(3, 10, 9.8, 9.5, 9.1, 8.8, 8.4))
        .isEqualTo(
            "6 points in a row (the rule asks for 6) fall, each below the one before: samples 1"
                + " to 6, from 10.00 to 8.40.");
  }

  @Test
  void rule5_window_saysTheLineAndEachZ() throws Exception {
    assertThat(sentence(5, 12.5, 10, 12.25))
        .isEqualTo(
            "2 of 3 successive points lie more than 2 sigma above the centre line, above 12.00:"
                + " samples 1 (z 2.50), 3 (z 2.25).");
  }

  @Test
  void rule8_mixture_saysBothLines() throws Exception {
    assertThat(sentence(8, 11.5, 8.5, 8.4, 11.5, 11.4, 8.5, 11.5, 8.4))
        .isEqualTo(
            "8 points in a row (the rule asks for 8) lie more than 1 sigma from the centre line,"
                + " below 9.00 or above 11.00: samples 1 to 8.");
  }

  @Test
  void unknownViolation_isNotFound() throws Exception {
    spc.get("/api/v1/violations/4711").expect(404);
  }
}
