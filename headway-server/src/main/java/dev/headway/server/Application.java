package dev.headway.server;

import dev.headway.core.account.Role;
import dev.headway.core.engine.JobType;
import dev.headway.server.http.Routes;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.stream.TopicKind;
import java.util.List;
import java.util.Set;

/**
 * A plug-in of the server: an application brings its job types, its routes and its sockets with
 * their parts of the OpenAPI and AsyncAPI documents, and its topics. Applications do not know each
 * other.
 */
public interface Application {
  /** Its name, for the log and for {@code GET /health}. */
  String name();

  /** The resource that holds its part of the OpenAPI document; empty text for none. */
  default String openApi() {
    return "";
  }

  /** The resource that holds its part of the AsyncAPI document; empty text for none. */
  default String asyncApi() {
    return "";
  }

  /** The jobs it does. */
  default List<JobType> jobTypes() {
    return List.of();
  }

  /** The roles that its operations need besides the server's own. */
  default Set<Role> roles() {
    return Set.of();
  }

  /** The handlers of its operations. */
  default Routes routes() {
    return new Routes();
  }

  /** Its sockets. */
  default List<SocketEndpoint> sockets() {
    return List.of();
  }

  /** The kinds of topic that it answers for, for the native stream. */
  default List<TopicKind> topicKinds() {
    return List.of();
  }

  /** Called once after the server has recovered its jobs and before it accepts connections. */
  default void started() {}

  /** Called once when the server has stopped, or could not start. */
  default void stopped() {}
}
