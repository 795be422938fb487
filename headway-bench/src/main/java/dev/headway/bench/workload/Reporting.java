package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.load.Publication;
import dev.headway.bench.load.Reporters;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Workers that report ten times a second each, over connections that stay open, from the machine
 * that the server runs on. Then every second job is completed, the server is killed and started
 * again, and what it still knows is compared with what it was told: every end, and every other
 * job's last progress.
 */
final class Reporting implements Workload {
  private static final Duration EVERY = Duration.ofMillis(100);

  /** Progress is stored a quarter of a second after it was reported at the latest. */
  private static final Duration STORED = Duration.ofSeconds(1);

  private static final int PAGE = 100;

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String description() {
    return "1,000 jobs (--watchers) that report ten times a second; ends; a kill and what is left";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var workers : context.options().watchersOr(1_000)) {
      try (var server = (HeadwayRunning) context.another().get()) {
        rows.add(
            new Row(
                "%s jobs".formatted(BenchContext.number(workers)),
                figures(context, server, server.jobs(workers))));
      }
    }
    return new Findings(rows);
  }

  private static List<Figure> figures(
      BenchContext context, HeadwayRunning server, List<Claimed> jobs) {
    var reports = jobs.stream().map(Reporting::report).toList();
    var process = server.process();
    try (var reporters = new Reporters(context.generator(), process.address(), reports)) {
      context.say("reporting");
      var measured =
          Measurement.of(process, context.options(), phases -> reporters.report(EVERY, phases));
      var figures = new ArrayList<>(measured.answers());
      context.say("completing every second job");
      figures.add(new Figure("ends", "/s", endsPerSecond(server, jobs)));
      context.say("killing the server");
      Pause.of(STORED);
      server.restart();
      figures.add(new Figure("lost", "", lost(server, jobs, reporters.numbers())));
      return figures;
    }
  }

  private static Publication report(Claimed job) {
    var body =
        "{\"lease\":\"%s\",\"done\":%s,\"total\":10000000,\"message\":\"%s\"}"
            .formatted(job.lease(), Publication.NUMBER, message(Publication.NUMBER));
    return Publication.post("/jobs/" + job.id() + "/progress", List.of(), body);
  }

  private static String message(String number) {
    return "item " + number;
  }

  private static boolean ends(int position) {
    return position % 2 == 0;
  }

  private static double endsPerSecond(HeadwayRunning server, List<Claimed> jobs) {
    var ending = Math.ceilDiv(jobs.size(), 2);
    var next = new AtomicInteger();
    var began = System.nanoTime();
    var _ =
        HeadwayRunning.atOnce(
            ending,
            () -> {
              var job = jobs.get(2 * next.getAndIncrement());
              var body = "{\"lease\":\"%s\",\"result\":{}}".formatted(job.lease());
              return server.rest().post("/jobs/" + job.id() + "/complete", body);
            });
    return ending / ((System.nanoTime() - began) / 1e9);
  }

  /** How many jobs are not what was said of them last. */
  private static long lost(HeadwayRunning server, List<Claimed> jobs, List<Long> numbers) {
    var present = present(server, jobs.size());
    var lost = 0;
    for (var position = 0; position < jobs.size(); position++) {
      var job = present.get(jobs.get(position).id());
      var status = ends(position) ? "completed" : "in_progress";
      var message = message(Long.toString(numbers.get(position)));
      if (job == null
          || !job.path("status").asString().equals(status)
          || !job.path("message").asString().equals(message)) {
        lost++;
      }
    }
    return lost;
  }

  private static Map<String, JsonNode> present(HeadwayRunning server, int jobs) {
    var present = new HashMap<String, JsonNode>();
    for (var page = 1; page <= Math.ceilDiv(jobs, PAGE); page++) {
      var found = server.rest().get("/jobs?limit=%d&page=%d".formatted(PAGE, page));
      found.path("jobs").forEach(job -> present.put(job.path("id").asString(), job));
    }
    return present;
  }
}
