package dev.headway.server.status;

import dev.headway.core.account.User;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Lease;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.PageRequest;
import dev.headway.core.topic.Hub;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.status.ServerStatus.Client;
import dev.headway.server.status.ServerStatus.Refused;
import dev.headway.server.status.ServerStatus.Resource;
import dev.headway.server.status.ServerStatus.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A reader of the server's status. Thread-safe; blocks.
 *
 * @param node the server's name
 * @param limits the limits in force
 * @param startedAt when the server was put together
 * @param open counts connections, and who is turned away
 * @param hub has topics
 * @param jobs has the jobs of all nodes
 * @param accounts names users
 */
public record StatusReader(
    String node,
    ServerStatus.Limits limits,
    Instant startedAt,
    ConnectionLimits open,
    Hub hub,
    JobStore jobs,
    AccountStore accounts) {
  private static final int SHOWN = 100;
  private static final int COUNTED = 1_000;
  private static final long MEGABYTE = 1024 * 1024;
  private static final Set<JobStatus> WAITING = Set.of(JobStatus.PENDING, JobStatus.QUEUED);

  /** The present status. */
  public ServerStatus read() {
    var running =
        jobs.list(
            new Filter(null, null, Set.of(JobStatus.IN_PROGRESS)), new PageRequest(1, COUNTED));
    var waiting = jobs.list(new Filter(null, null, WAITING), new PageRequest(1, 1));
    return new ServerStatus(
        self(),
        new ServerStatus.Connections(open.total(), clients(), resources()),
        limits,
        refusals(),
        new ServerStatus.Work(running.total(), waiting.total()),
        workers(running.items()));
  }

  private ServerStatus.Node self() {
    var memory = Runtime.getRuntime();
    return new ServerStatus.Node(
        node,
        startedAt,
        hub.size(),
        (memory.totalMemory() - memory.freeMemory()) / MEGABYTE,
        memory.maxMemory() / MEGABYTE);
  }

  private List<Client> clients() {
    return open.clients().entrySet().stream()
        .map(entry -> client(entry.getKey(), entry.getValue().intValue()))
        .sorted(Comparator.comparingInt(Client::connections).reversed().thenComparing(Client::name))
        .limit(SHOWN)
        .toList();
  }

  private Client client(ClientKey client, int connections) {
    return switch (client) {
      case ClientKey.OfUser(var id) ->
          new Client(id, accounts.user(id).map(User::email).orElse("user " + id), connections);
      case ClientKey.At(var address) -> new Client(null, address, connections);
    };
  }

  private List<Refused> refusals() {
    return Arrays.stream(RefusalReason.values())
        .map(reason -> new Refused(reason.label(), open.refusals().of(reason)))
        .filter(refused -> refused.count() > 0)
        .sorted(Comparator.comparingLong(Refused::count).reversed())
        .toList();
  }

  private List<Resource> resources() {
    return open.resources().entrySet().stream()
        .map(entry -> new Resource(entry.getKey(), entry.getValue().intValue()))
        .sorted(
            Comparator.comparingInt(Resource::connections).reversed().thenComparing(Resource::name))
        .limit(SHOWN)
        .toList();
  }

  private List<Worker> workers(List<Job> running) {
    Map<String, List<Lease>> held =
        running.stream()
            .map(Job::lease)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(Lease::worker, TreeMap::new, Collectors.toList()));
    var workers = new ArrayList<Worker>();
    workers.add(worker(node, held.getOrDefault(node, List.of())));
    held.forEach((name, leases) -> {
      if (!name.equals(node)) {
        workers.add(worker(name, leases));
      }
    });
    return workers;
  }

  private Worker worker(String name, List<Lease> leases) {
    var first = leases.stream().map(Lease::expiresAt).min(Comparator.naturalOrder()).orElse(null);
    return new Worker(name, name.equals(node), leases.size(), first);
  }
}
