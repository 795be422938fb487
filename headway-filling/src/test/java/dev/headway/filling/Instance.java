package dev.headway.filling;

import dev.headway.filling.input.LotsReader;
import dev.headway.filling.input.ReadLots;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A lots file with its proven optimal makespan on a number of lines, in hours. */
public record Instance(String file, int lines, double optimum) {
  private static final String FOLDER = "/dev/headway/filling/instances/";

  public static Stream<Instance> all() {
    return JsonMapper.shared()
        .readTree(bytes(FOLDER + "optima.json"))
        .valueStream()
        .map(entry ->
            new Instance(
                entry.get("file").asString(),
                entry.get("lines").asInt(),
                entry.get("makespan_h").asDouble()));
  }

  public Problem problem() {
    var lots = LotsReader.csv(bytes(FOLDER + file)).lots().stream().map(ReadLots.Placed::lot);
    return new Problem(lots.toList(), Settings.withLines(lines));
  }

  public static byte[] bytes(String resource) {
    try (var in = Instance.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return "%s, %d line(s)".formatted(file, lines);
  }
}
