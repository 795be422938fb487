package dev.headway.store.node;

import dev.headway.core.bus.Carrier;
import dev.headway.core.memory.InMemoryCarrier;
import dev.headway.testkit.FaultyCarrier;
import dev.headway.testkit.contract.BusContract;

class InMemoryBusTest extends BusContract {
  private final InMemoryCarrier sound = new InMemoryCarrier();
  private final FaultyCarrier faulty = new FaultyCarrier(sound);

  @Override
  protected Carrier sound() {
    return sound;
  }

  @Override
  protected Carrier faulty() {
    return faulty;
  }

  @Override
  protected void silence(boolean on) {
    faulty.silence(on);
  }

  @Override
  protected void away(boolean on) {
    faulty.away(on);
  }
}
