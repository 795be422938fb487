package dev.headway.store.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.TestPostgres;
import dev.headway.testkit.contract.BusContract;
import dev.headway.testkit.net.FaultyProxy;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresBusTest extends BusContract {
  private static final DatabaseConfig.Postgres DIRECT = TestPostgres.config("postgres");

  private final FaultyProxy proxy = new FaultyProxy(port(DIRECT));

  private static int port(DatabaseConfig.Postgres config) {
    return URI.create(config.url().substring("jdbc:".length())).getPort();
  }

  @Override
  protected Carrier sound() {
    return new PostgresCarrier(DIRECT);
  }

  @Override
  protected Carrier faulty() {
    var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(proxy.port());
    return new PostgresCarrier(new DatabaseConfig.Postgres(url, "postgres", "postgres"));
  }

  @Override
  protected void silence(boolean on) {
    if (on) {
      proxy.stall();
    } else {
      proxy.resume();
    }
  }

  @Override
  protected void away(boolean on) {
    if (on) {
      proxy.refuse();
    } else {
      proxy.restore();
    }
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @Test
  void open_databaseThatIsMissing_isRefusedWithTheRemedy() {
    var carrier = new PostgresCarrier(TestPostgres.config("nowhere"));

    assertThatThrownBy(() -> RingBus.open(carrier, "one", Timing.DEFAULT, System::nanoTime))
        .isInstanceOf(BusRefusedException.class)
        .hasMessageContaining("has no database of that name; create it first");
  }
}
