package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.load.FrameTimes;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.client.http.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The contracts whose work the server does itself: schedules, comparisons and analyses are really
 * worked out and watched, and each frame is timed from the moment that it names to its arrival.
 */
final class Contracts implements Workload {
  private static final int EACH = 10;
  private static final String LOTS =
      IntStream.rangeClosed(1, 25)
          .mapToObj(lot ->
              "{\"lot_id\":\"L%d\",\"lot_type\":\"T%d\",\"vials\":%d}"
                  .formatted(lot, lot % 4, 20_000 + lot * 7_919 % 90_000))
          .collect(Collectors.joining(",", "\"lots_data\":[", "]"));

  /**
   * A contract.
   *
   * @param name in the table
   * @param tasks how many are worked out, one after the other
   * @param submit where work is asked for
   * @param request the body
   * @param id the answer's key
   * @param socket where it is watched
   */
  private record Contract(
      String name, int tasks, String submit, String request, String id, String socket) {}

  private static final List<Contract> ALL =
      List.of(
          new Contract(
              "schedule",
              10,
              "/api/v1/schedule",
              "{%s,\"strategy\":\"best\",\"config\":{\"time_limit_seconds\":1}}".formatted(LOTS),
              "id",
              "/ws/schedule/"),
          new Contract(
              "comparison",
              10,
              "/api/v1/compare",
              "{%s,\"strategies\":[\"smart-pack\",\"spt-pack\",\"best\"],\"config\":{\"time_limit_seconds\":1}}"
                  .formatted(LOTS),
              "id",
              "/ws/comparison/"),
          new Contract(
              "analysis",
              2,
              "/api/v1/analyze",
              "{\"team_id\":1}",
              "analysis_id",
              "/api/v1/analyze/%s/stream"));

  @Override
  public String name() {
    return "contracts";
  }

  @Override
  public String description() {
    return "10 schedules and comparisons and two analyses worked out, each watched by 10: from the event to the frame";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var server = (HeadwayRunning) context.starter().apply(Map.of("fpl.source", "sample"))) {
      for (var contract : ALL) {
        context.say(contract.name());
        rows.add(row(server, contract));
      }
    }
    return new Findings(rows);
  }

  private static Row row(HeadwayRunning server, Contract contract) {
    var times = new FrameTimes();
    var rest = server.signedInRest();
    for (var task = 0; task < contract.tasks(); task++) {
      times.watch(socket(server, rest, contract), EACH);
      times.awaitClosed();
    }
    var latency = times.latency();
    return new Row(
        contract.name(),
        List.of(
            new Figure("frames", "", times.frames()),
            new Figure("p50", "ms", latency.p50()),
            new Figure("p99", "ms", latency.p99()),
            new Figure("max", "ms", latency.max()),
            new Figure("watchers without an end", "", times.withoutEnd())));
  }

  private static String socket(HeadwayRunning server, Rest rest, Contract contract) {
    var id = rest.post(contract.submit(), contract.request()).path(contract.id()).asString();
    var path =
        contract.socket().contains("%s") ? contract.socket().formatted(id) : contract.socket() + id;
    return "ws://127.0.0.1:%d%s?token=%s"
        .formatted(server.process().address().getPort(), path, server.token());
  }
}
