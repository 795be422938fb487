package dev.headway.server;

import dev.headway.core.account.Access;
import dev.headway.core.engine.Jobs;
import dev.headway.core.id.IdSource;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.topic.Hub;
import dev.headway.server.account.Signatures;
import dev.headway.server.notice.Notices;
import dev.headway.server.socket.CredentialVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * The services of the server that an application uses.
 *
 * @param jobs submits and steers jobs
 * @param jobStore finds jobs
 * @param hub publishes to topics
 * @param access the rules of who may what
 * @param verifier checks tokens that come as messages
 * @param clock what time it is
 * @param ids names things
 * @param notices what all clients are told
 * @param bus rings at the other servers on the same database, and hears them
 * @param meters counts and measures
 * @param signatures confirms who signs a request
 */
public record Platform(
    Jobs jobs,
    JobStore jobStore,
    Hub hub,
    Access access,
    CredentialVerifier verifier,
    InstantSource clock,
    IdSource ids,
    Notices notices,
    Bus bus,
    MeterRegistry meters,
    Signatures signatures) {

  /** Makes an application on a platform. */
  @FunctionalInterface
  public interface Installer {
    /** Called once while the server is put together. */
    Application install(Platform platform);
  }
}
