package dev.headway.server;

import dev.headway.core.account.Access;
import dev.headway.core.engine.AbsenceDetector;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.OtherNodes;
import dev.headway.core.engine.Runner;
import dev.headway.core.engine.Watchdog;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.Hub;
import dev.headway.server.account.Accounts;
import dev.headway.server.socket.SocketGate;
import dev.headway.server.status.StatusTopics;
import dev.headway.server.transport.NettyTransport;
import dev.headway.server.webhook.Webhooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a server is made of, put together and not yet started. */
record ServerParts(
    ServerConfig config,
    JobStore jobStore,
    InstantSource clock,
    Hub hub,
    Jobs jobs,
    Runner runner,
    Watchdog watchdog,
    AbsenceDetector absence,
    Optional<OtherNodes> otherNodes,
    StatusTopics status,
    Webhooks webhooks,
    Accounts accounts,
    Access access,
    SocketGate gate,
    NettyTransport transport,
    List<Application> applications,
    AtomicBoolean draining) {

  void drain() {
    draining.set(true);
    gate.drain();
  }

  void watchJobs() {
    absence.tick();
    watchdog.tick();
  }

  void purge() {
    jobStore.purge(clock.instant().minus(config.jobs().keep()));
  }
}
