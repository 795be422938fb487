package dev.headway.bench.output;

import dev.headway.client.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every figure of every round, for programs. */
public final class JsonFile {
  private JsonFile() {}

  /** The file's content. */
  private record Content(String measuredAt, Machine machine, List<RecordedRun> runs) {}

  /**
   * Writes the file.
   *
   * @param measuredAt the moment, ISO 8601
   */
  public static void write(Path file, String measuredAt, List<RecordedRun> runs)
      throws IOException {
    Files.writeString(file, Json.write(new Content(measuredAt, Machine.here(), runs)) + "\n");
  }
}
