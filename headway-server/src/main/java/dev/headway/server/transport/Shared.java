package dev.headway.server.transport;

import dev.headway.server.http.OriginPolicy;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.SocketGate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What all event loops share.
 *
 * @param http answers requests
 * @param gate lets sockets in
 * @param origins which web pages may connect, and who is anonymous
 * @param verifier finds out who clients are
 * @param credentials says whether what was proved still holds
 * @param limits counts connections
 * @param workers run what may block, a virtual thread each
 * @param clock the wall clock
 * @param ticker milliseconds of a clock that never goes back
 * @param settings how sockets behave
 * @param uploads the directory for bodies that are too large for the memory
 */
public record Shared(
    HttpService http,
    SocketGate gate,
    OriginPolicy origins,
    CredentialVerifier verifier,
    CredentialCheck credentials,
    ConnectionLimits limits,
    Executor workers,
    InstantSource clock,
    LongSupplier ticker,
    SocketSettings settings,
    Path uploads) {}
