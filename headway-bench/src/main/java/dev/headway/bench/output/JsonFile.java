package dev.headway.bench.output;

import dev.headway.client.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every figure of every round, for programs. */
public final class JsonFile {
  private JsonFile() {}

  /** What the file holds. */
  private record Content(String measuredAt, Machine machine, List<Run> runs) {}

  /**
   * Writes the file.
   *
   * @param measuredAt the moment, ISO 8601
   */
  public static void write(Path file, String measuredAt, List<Run> runs) throws IOException {
    Files.writeString(file, Json.write(new Content(measuredAt, Machine.here(), runs)) + "\n");
  }
}
