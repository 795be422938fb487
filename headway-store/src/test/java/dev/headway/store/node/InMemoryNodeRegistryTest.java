package dev.headway.store.node;

import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.NodeRegistry;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.contract.NodeRegistryContract;
import java.time.Duration;

final class InMemoryNodeRegistryTest implements NodeRegistryContract {
  private final ManualClock clock = ManualClock.atNoon();
  private final NodeRegistry registry = new InMemoryNodeRegistry(clock);

  @Override
  public NodeRegistry registry() {
    return registry;
  }

  @Override
  public void pass(Duration time) {
    clock.advance(time);
  }
}
