package dev.headway.server.status;

import dev.headway.core.topic.TopicState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a server at one moment. Immutable.
 *
 * @param node the server itself
 * @param connections who is connected to it
 * @param limits what it lets through
 * @param refusals who was turned away since the start, the most frequent reason first
 * @param work the jobs of all nodes
 * @param nodes who works on jobs: this node, others that share its store, and workers outside
 */
public record ServerStatus(
    Node node,
    Connections connections,
    Limits limits,
    List<Refused> refusals,
    Work work,
    List<Worker> nodes)
    implements TopicState {

  /** Takes a copy. */
  public ServerStatus {
    refusals = List.copyOf(refusals);
    nodes = List.copyOf(nodes);
  }

  /**
   * A server.
   *
   * @param name the same after a restart
   * @param topics how many are in memory
   * @param memoryMb how much memory its objects take, garbage among them, in megabytes
   * @param maxMemoryMb how much they may take
   */
  public record Node(String name, Instant startedAt, int topics, long memoryMb, long maxMemoryMb) {}

  /**
   * Open sockets and event streams.
   *
   * @param total all of them, also those that have not said yet who they are
   * @param clients by who they are, the most connected first, at most 100
   * @param resources by what they watch where that is limited, likewise
   */
  public record Connections(int total, List<Client> clients, List<Resource> resources) {
    /** Takes copies. */
    public Connections {
      clients = List.copyOf(clients);
      resources = List.copyOf(resources);
    }
  }

  /**
   * A client with its connections.
   *
   * @param userId null for a client without credentials
   * @param name the user's e-mail address; of a client without credentials its address
   */
  public record Client(@Nullable Long userId, String name, int connections) {}

  /** A resource whose connections are limited, for example {@code schedule 12}. */
  public record Resource(String name, int connections) {}

  /**
   * The limits of the server.
   *
   * @param connections in all
   * @param connectionsPerUser for one user, or one address without credentials
   * @param connectionsPerResource for one resource of one contract
   * @param messageBytes the largest message of a client
   * @param messagesPerSecond of one client
   * @param jobsAtOnce how many jobs this node runs at once
   */
  public record Limits(
      int connections,
      int connectionsPerUser,
      int connectionsPerResource,
      int messageBytes,
      int messagesPerSecond,
      int jobsAtOnce) {}

  /**
   * The number of clients that were turned away for a reason: the label of a {@code RefusalReason}.
   */
  public record Refused(String reason, long count) {}

  /** Jobs that have not ended. */
  public record Work(long running, long waiting) {}

  /**
   * A worker with its leases.
   *
   * @param name the node's, or what the worker calls itself
   * @param here whether it is this node
   * @param jobs how many it holds; at most the newest 1,000 running jobs are counted
   * @param leaseExpiresAt when the first of them is lost unless it reports; null when it holds none
   */
  public record Worker(String name, boolean here, int jobs, @Nullable Instant leaseExpiresAt) {}

  /** The same with at most so many entries in each list. */
  public ServerStatus shortened(int most) {
    var shown =
        new Connections(
            connections.total(),
            first(most, connections.clients()),
            first(most, connections.resources()));
    return new ServerStatus(node, shown, limits, first(most, refusals), work, first(most, nodes));
  }

  private static <T> List<T> first(int most, List<T> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  @Override
  public boolean ended() {
    return false;
  }
}
