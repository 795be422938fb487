package dev.headway.bench.contender;

import dev.headway.bench.load.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A peer that runs. */
final class PeerRunning implements Running {
  private final String name;
  private final ServerProcess process;
  private final IntFunction<Flow> topic;
  private final List<Flow> flows = new ArrayList<>();

  PeerRunning(String name, ServerProcess process, IntFunction<Flow> topic) {
    this.name = name;
    this.process = process;
    this.topic = topic;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public List<Flow> flows(int count) {
    while (flows.size() < count) {
      flows.add(topic.apply(flows.size()));
    }
    return List.copyOf(flows.subList(0, count));
  }

  @Override
  public void close() {
    process.close();
  }
}
