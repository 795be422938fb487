package dev.headway.server.work;

import java.util.Map;
import java.util.Optional;

/**
 * A kind of resource, as its application states it. Thread-safe.
 *
 * @param <W> the resources' type
 */
public interface WorkKind<W extends WorkItem> {
  /** The kind's name, for example {@code schedule}: that of its topics, and in errors. */
  String name();

  /** The resource with an id as paths and topics have it, if it exists. May block. */
  Optional<W> find(String id);

  /** The identifiers in a snapshot of the native stream, for example {@code schedule_id}. */
  Map<String, Object> ids(W item);

  /** The path of the socket, with the id as its only parameter, for example {@code /ws/…/{id}}. */
  String socketPath();

  /** The path of a resource on this server's REST interface. */
  String location(W item);
}
