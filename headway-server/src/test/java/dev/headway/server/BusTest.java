package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryCarrier;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.Bus;
import dev.headway.core.port.NodeRegistry;
import dev.headway.server.account.Login;
import dev.headway.server.account.Users;
import dev.headway.server.socket.Verification;
import dev.headway.testkit.FaultyCarrier;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over the same stores that ring at each other. */
final class BusTest {
  private static final RingBus.Timing TIMING =
      new RingBus.Timing(
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(20),
          Duration.ofMillis(200));

  @TempDir Path data;
  private final InMemoryJobStore jobs = new InMemoryJobStore();
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final NodeRegistry nodes = new InMemoryNodeRegistry(InstantSource.system());
  private final InMemoryCarrier carrier = new InMemoryCarrier();
  private final FaultyCarrier faulty = new FaultyCarrier(carrier);
  private Bus eastBus = Bus.NONE;
  private Bus westBus = Bus.NONE;
  private HeadwayServer east;
  private HeadwayServer west;

  @BeforeEach
  void start() throws Exception {
    eastBus = opened(carrier, "east");
    westBus = opened(faulty, "west");
    east = server("east", eastBus);
    west = server("west", westBus);
  }

  private static Bus opened(Carrier carrier, String life) {
    return RingBus.open(carrier, life, TIMING, System::nanoTime);
  }

  private HeadwayServer server(String node, Bus bus) throws Exception {
    return HeadwayServer.builder(ServerConfig.loopback(0, data).withNode(node))
        .stores(jobs, accounts)
        .passwords(new QuickHasher())
        .sharedStores(nodes, node)
        .bus(bus)
        .start();
  }

  @AfterEach
  void stop() {
    east.close();
    west.close();
    eastBus.close();
    westBus.close();
  }

  @Test
  void lostBus_nativeClientsAreToldOnTheSameConnection() {
    try (var watcher = stream(west)) {
      watcher.awaitText("\"hello\"");

      faulty.away(true);
      assertThat(watcher.awaitText("notice")).isEqualTo("{\"notice\":\"degraded\"}");
      try (var later = stream(west)) {
        later.awaitText("\"notice\":\"degraded\"");
      }
      faulty.away(false);

      watcher.awaitText("\"notice\":\"restored\"");
      watcher.send("{\"op\":\"ping\",\"id\":7}").awaitText("\"re\":7");
    }
  }

  private static RecordingWatcher stream(HeadwayServer server) {
    return RecordingWatcher.connectWith(
        "headway.v1", "ws://127.0.0.1:" + server.port() + "/api/v1/stream");
  }

  @Test
  void tokenThatEndsOnOneServer_endsOnTheOtherLongBeforeTheNextReload() {
    var token = signedIn();
    assertThat(principal(west, token)).isNotNull();

    east.accounts().sessions().logout(principal(east, token));

    awaitInvalid(west, token);
  }

  @Test
  void roleThatIsChangedOnOneServer_holdsOnTheOtherLongBeforeTheNextReload() {
    var token = signedIn();
    var id = ((Principal.Known) principal(west, token)).id();

    for (var role : List.of(Role.WORKER, Role.USER)) {
      east.accounts().users().change(null, id, Users.Change.of(role));
      await()
          .untilAsserted(
              () -> assertThat(((Principal.Known) principal(west, token)).role()).isEqualTo(role));
    }
  }

  @Test
  void userWhoIsDeactivatedOnOneServer_isRefusedByTheOtherLongBeforeTheNextReload() {
    var token = signedIn();
    var id = ((Principal.Known) principal(west, token)).id();

    east.accounts().users().change(null, id, Users.Change.of(false));

    awaitInvalid(west, token);
  }

  private String signedIn() {
    var administrator = new Login("root@example.com", "another horse battery");
    var login = new Login("ada@example.com", "correct horse battery");
    east.accounts().users().add(administrator, Role.ADMIN);
    east.accounts().users().add(login, Role.USER);
    return east.accounts().sessions().login(login, "127.0.0.1").accessToken();
  }

  private static void awaitInvalid(HeadwayServer server, String token) {
    await()
        .untilAsserted(() ->
            assertThat(server.accounts().authenticator().verify(token))
                .isNotInstanceOf(Verification.Valid.class));
  }

  private static Principal principal(HeadwayServer server, String token) {
    return switch (server.accounts().authenticator().verify(token)) {
      case Verification.Valid(var principal) -> principal;
      case Verification other -> throw new AssertionError("Not valid: " + other);
    };
  }
}
