package dev.headway.spc.mqtt;

import dev.headway.spc.input.ImportRow;
import tools.jackson.databind.JsonNode;

/** Reads samples from JSON. Safe for use by any thread. */
@FunctionalInterface
public interface SampleReading {
  /**
   * Reads one sample.
   *
   * @param line its place, which the result carries
   * @param sample as it is sent to {@code POST /api/v1/samples}
   */
  ImportRow read(long line, JsonNode sample);
}
