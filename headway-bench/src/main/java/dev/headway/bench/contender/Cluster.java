package dev.headway.bench.contender;

import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.load.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Several Headway servers on one database. Jobs are reported to at one of them and watched at the
 * next. Used by one thread.
 *
 * @param servers at least one
 */
public record Cluster(List<HeadwayRunning> servers) implements AutoCloseable {
  /** As many connections publish at most, each to one server. */
  private static final int PUBLISHERS = 16;

  /** Takes a copy. */
  public Cluster {
    servers = List.copyOf(servers);
  }

  /**
   * A job that is reported to at one server and watched at another, or the same if it is alone.
   *
   * @param job claimed at the first
   */
  public record SharedJob(HeadwayRunning reportedAt, HeadwayRunning watchedAt, Claimed job) {
    /** The job as a topic. */
    public Flow flow() {
      return reportedAt.flow(job, watchedAt);
    }
  }

  /** Jobs that have been started and wait for reports; the same ones whenever asked. */
  public List<SharedJob> jobs(int count) {
    var places = IntStream.range(0, count).map(at -> at % PUBLISHERS % servers.size()).toArray();
    var jobs = new ArrayList<Iterator<SharedJob>>();
    for (var at = 0; at < servers.size(); at++) {
      var server = at;
      var share = (int) Arrays.stream(places).filter(place -> place == server).count();
      jobs.add(jobs(servers.get(at), servers.get((at + 1) % servers.size()), share));
    }
    return Arrays.stream(places).mapToObj(place -> jobs.get(place).next()).toList();
  }

  private static Iterator<SharedJob> jobs(HeadwayRunning here, HeadwayRunning next, int count) {
    return here.jobs(count).stream().map(job -> new SharedJob(here, next, job)).iterator();
  }

  /** The usage of all servers so far. */
  public Usage usage() {
    return servers.stream().map(server -> server.process().usage()).reduce(Usage.NONE, Usage::plus);
  }

  /** A figure, summed over all servers. */
  public double sum(ToDoubleFunction<HeadwayRunning> figure) {
    return servers.stream().mapToDouble(figure).sum();
  }

  @Override
  public void close() {
    servers.forEach(HeadwayRunning::close);
  }
}
