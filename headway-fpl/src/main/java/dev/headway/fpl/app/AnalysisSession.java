package dev.headway.fpl.app;

import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.Outcome;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.JobTopics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One watcher of an analysis. Used in its turn. */
final class AnalysisSession implements SocketSession, Connection.Watcher {
  /** The analysis failed or was cancelled; its error frame has gone before. */
  private static final int FAILED = 4000;

  /** There is no such analysis, as far as the client may know. */
  private static final int NOT_FOUND = 4004;

  private static final AnalysisDialect DIALECT = new AnalysisDialect();

  private final Connection connection;
  private final Handshake handshake;
  private final AnalysisSocket.Services services;
  private @Nullable Principal principal;
  private @Nullable StoredAnalysis analysis;
  private volatile @Nullable Topic topic; // heartbeats are made on another thread

  AnalysisSession(Connection connection, Handshake handshake, AnalysisSocket.Services services) {
    this.connection = connection;
    this.handshake = handshake;
    this.services = services;
  }

  void begin() {
    admit(handshake.verification(), this::enter);
  }

  /** What is done for somebody who may watch the analysis. */
  private interface Admitted {
    void as(Principal who, StoredAnalysis found);
  }

  private void admit(Verification verification, Admitted next) {
    switch (verification) {
      case Verification.Valid(var who) ->
          JobTopics.uuid(handshake.path().getOrDefault("analysis_id", ""))
              .flatMap(id -> services.analyses().watchable(id, who))
              .ifPresentOrElse(found -> next.as(who, found.analysis()), this::notFound);
      case Verification.Refused _, Verification.Absent _ -> refuse("Not authenticated");
    }
  }

  private void notFound() {
    error("Analysis not found", "NOT_FOUND");
    connection.close(NOT_FOUND, "Analysis not found");
  }

  private void refuse(String reason) {
    error(reason, "AUTHENTICATION_ERROR");
    connection.close(CloseCodes.POLICY, reason);
  }

  private void error(String message, String code) {
    connection.send(AnalysisDialect.error(message, code, null, services.clock().instant()));
  }

  private void enter(Principal who, StoredAnalysis found) {
    if (!connection.reserve(who, "/api/v1/analyze/" + found.id())) {
      connection.close(CloseCodes.POLICY, "Too many connections");
      return;
    }
    adopt(who, found);
    connection.heartbeat(services.heartbeat(), true, this::heartbeat);
    subscribe(found);
  }

  private void adopt(Principal who, StoredAnalysis found) {
    connection.adopt(who, Expiry.POLICY);
    principal = who;
    analysis = found;
  }

  private void subscribe(StoredAnalysis found) {
    Topic present;
    try {
      present = services.analyses().jobs().topic(found.id());
    } catch (HeadwayException _) {
      notFound(); // deleted since it was found
      return;
    }
    topic = present;
    var snapshot = present.snapshot();
    DIALECT.state(snapshot).forEach(connection::send);
    if (snapshot.state().ended()) {
      ended();
    } else {
      connection.subscribe(present, DIALECT, snapshot.cursor(), this);
    }
  }

  private @Nullable Frame heartbeat() {
    var present = topic;
    return present != null && present.state() instanceof Job job && !job.ended()
        ? AnalysisDialect.heartbeat(job, services.clock().instant())
        : null;
  }

  @Override
  public void ended() {
    var present = topic;
    if (present != null
        && present.state() instanceof Job job
        && job.outcome() instanceof Outcome.Completed) {
      connection.close(CloseCodes.NORMAL, "Completed");
    } else {
      connection.close(FAILED, "Analysis failed");
    }
  }

  @Override
  public void fellBehind() {
    if (analysis != null) {
      subscribe(analysis);
    }
  }

  @Override
  public void removed() {
    notFound();
  }

  @Override
  public void received(Frame message) {
    var request = parsed(message).orElse(MissingNode.getInstance());
    if (!request.isObject()) {
      error("Invalid JSON format: send an object such as {\"type\":\"cancel\"}", "INVALID_INPUT");
      return;
    }
    switch (request.path("type").asString("")) {
      case "pong" -> {}
      case "cancel" -> cancel();
      case "auth" -> renew(request.path("token").asString(""));
      default -> error("Unknown message type: known are cancel, auth", "INVALID_INPUT");
    }
  }

  private static Optional<JsonNode> parsed(Frame message) {
    try {
      return Optional.of(JsonCodec.parse(message.bytes()));
    } catch (HeadwayException _) {
      return Optional.empty();
    }
  }

  private void cancel() {
    if (principal == null || analysis == null) {
      return; // refused, and about to be closed
    }
    if (!services.analyses().maySteer(analysis, principal)) {
      error("This analysis may only be watched", "AUTHORIZATION_ERROR");
      return;
    }
    var command = new Command.RequestCancel(false);
    var decision = services.analyses().jobs().decide(analysis.id(), command);
    if (decision instanceof Decision.Refused(var reason)) {
      error(reason.text(), reason.code().name());
    }
  }

  private void renew(String token) {
    var origin = new CredentialVerifier.Origin(handshake.address(), false);
    admit(services.verifier().verify(token, origin), this::adopt);
  }
}
