package dev.headway.app.config;

import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.port.Bus;
import dev.headway.core.setting.SettingType;
import dev.headway.redis.RedisAddress;
import dev.headway.redis.RedisCarrier;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.StartupException;
import dev.headway.store.node.PostgresCarrier;

/** The bus between the servers of one database. */
public sealed interface BusConfig {
  /** How it is called in messages, without secrets. */
  String description();

  /**
   * Connects to it.
   *
   * @param life names this server and its present start, without a space
   * @throws dev.headway.core.bus.BusRefusedException when it refuses this server
   */
  Bus open(String life);

  /** No bus. */
  record None() implements BusConfig {
    @Override
    public String description() {
      return "none";
    }

    @Override
    public Bus open(String life) {
      return Bus.NONE;
    }
  }

  /** Notifications of a PostgreSQL server. */
  record Postgres(DatabaseConfig.Postgres server) implements BusConfig {
    @Override
    public String description() {
      return server.description();
    }

    @Override
    public Bus open(String life) {
      return ringing(new PostgresCarrier(server), life);
    }
  }

  /** Publish and subscribe of Redis or Valkey. */
  record Redis(RedisAddress address) implements BusConfig {
    @Override
    public String description() {
      return address.toString();
    }

    @Override
    public Bus open(String life) {
      return ringing(new RedisCarrier(address), life);
    }
  }

  private static Bus ringing(Carrier carrier, String life) {
    return RingBus.open(carrier, life, Timing.DEFAULT, System::nanoTime);
  }

  /** Addresses of buses. Neither a value nor a refusal shows the password. */
  final class Type implements SettingType<BusConfig> {
    @Override
    public String description() {
      return "none, postgresql://user:password@host:5432/name or redis://user:password@host:6379/0";
    }

    @Override
    public BusConfig read(String text) {
      if (text.equals("none")) {
        return new None();
      }
      if (text.startsWith("postgres") || text.startsWith("jdbc:postgres")) {
        return postgres(text);
      }
      if (text.startsWith("redis")) {
        return new Redis(RedisAddress.parse(text));
      }
      throw new IllegalArgumentException("The bus is not " + description());
    }

    private static BusConfig postgres(String text) {
      try {
        return new Postgres((DatabaseConfig.Postgres) DatabaseConfig.parse(text));
      } catch (StartupException | ClassCastException _) {
        throw new IllegalArgumentException(
            "The bus must look like postgresql://user:password@host:5432/name; special characters must be percent-encoded");
      }
    }

    @Override
    public String show(BusConfig bus) {
      return bus.description();
    }
  }
}
