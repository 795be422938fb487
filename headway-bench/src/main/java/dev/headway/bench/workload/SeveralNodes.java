package dev.headway.bench.workload;

import dev.headway.bench.contender.Cluster;
import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.Redis;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.bench.workload.Options.ClusterOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several servers on one database: what a report, a delivery and a resume cost with each bus, what
 * servers that have nothing to do ask of the database, what the loss of the bus costs, and the size
 * of the stored log.
 */
final class SeveralNodes implements Workload {
  private static final List<Integer> NODES = List.of(1, 2, 3);
  private static final List<String> BUSES = List.of("none", "postgresql", "redis");

  /** The time in which a server learns of a user who has just signed in at another one. */
  private static final Duration ACQUAINTANCE = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String description() {
    return "1, 2 and 3 servers on one database (--database), with each bus: report, delivery,"
        + " resume, idle, a lost bus, the log's size";
  }

  @Override
  public boolean onPostgres() {
    return true;
  }

  @Override
  public Findings run(BenchContext context) {
    var wanted = context.options().cluster();
    var rows = new ArrayList<Row>();
    for (var bus : wanted.buses().isEmpty() ? BUSES : wanted.buses()) {
      if (bus.equals("redis") && !Redis.installed()) {
        context.say("left out: redis, which is not installed");
      } else {
        rows.addAll(withBus(context, wanted, bus));
      }
    }
    return new Findings(rows);
  }

  private static List<Row> withBus(BenchContext context, ClusterOptions wanted, String bus) {
    var rows = new ArrayList<Row>();
    var data = context.headway().data();
    var redis = bus.equals("redis") ? Redis.start(data.resolveSibling("redis")) : null;
    try (redis) {
      var address = redis == null ? bus(bus, database(wanted)) : redis.url();
      for (var count : wanted.nodes().isEmpty() ? NODES : wanted.nodes()) {
        try (var cluster = started(context, count, address)) {
          var label = "%d servers, bus %s".formatted(count, bus);
          rows.addAll(new ClusterCase(context, cluster, label, redis).rows());
        }
      }
    }
    return rows;
  }

  private static String database(ClusterOptions wanted) {
    var database = wanted.database();
    if (database == null) {
      throw new LoadException("Name a database: --database postgresql://user:password@host/name");
    }
    return database;
  }

  private static String bus(String name, String database) {
    return switch (name) {
      case "none" -> "none";
      case "postgresql" -> database;
      default -> throw new LoadException("The bus %s is unknown; known: %s".formatted(name, BUSES));
    };
  }

  private static Cluster started(BenchContext context, int count, String bus) {
    var servers = new ArrayList<HeadwayRunning>();
    var key = key(context);
    for (var at = 0; at < count; at++) {
      context.say("starting server %d of %d".formatted(at + 1, count));
      servers.add((HeadwayRunning) context.starter().apply(settings(context, bus, key)));
    }
    Pause.of(ACQUAINTANCE);
    return new Cluster(servers);
  }

  private static Path key(BenchContext context) {
    return context.headway().data().resolve("signing.key");
  }

  private static Map<String, String> settings(BenchContext context, String bus, Path key) {
    var settings = new HashMap<String, String>();
    settings.put("database", database(context.options().cluster()));
    settings.put("bus", bus);
    settings.put("applications", "jobs");
    settings.put("auth.key-file", key.toString());
    return settings;
  }
}
