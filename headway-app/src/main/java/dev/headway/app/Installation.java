package dev.headway.app;

import dev.headway.app.config.Settings;
import dev.headway.app.trace.OtlpTracing;
import dev.headway.core.id.RandomIds;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.PageRequest;
import dev.headway.filling.Planners;
import dev.headway.filling.app.FillingApplication;
import dev.headway.filling.app.FillingConfig;
import dev.headway.fpl.advice.AnalysisLimits;
import dev.headway.fpl.app.FplApplication;
import dev.headway.fpl.app.FplConfig;
import dev.headway.fpl.plan.search.HostedPlanSolver;
import dev.headway.server.HeadwayServer;
import dev.headway.server.Platform;
import dev.headway.server.ServerBuilder;
import dev.headway.server.ServerConfig;
import dev.headway.server.mail.Mailer;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import dev.headway.spc.app.SpcApplication;
import dev.headway.store.CountedDatabase;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.StartupException;
import dev.headway.store.TracedDatabase;
import dev.headway.store.WriteProbe;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.MappedLedger;
import dev.headway.store.job.SqlJobStore;
import dev.headway.store.job.SqlNotificationStore;
import dev.headway.store.node.SqlNodeRegistry;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as it is installed: with its data directory, its database and all applications. What it
 * is made of is written down in {@link #start}, to be read from top to bottom.
 */
final class Installation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final ServerConfig config;
  private final HeadwayServer server;
  private final Deque<AutoCloseable> parts;

  private Installation(ServerConfig config, HeadwayServer server, Deque<AutoCloseable> parts) {
    this.config = config;
    this.server = server;
    this.parts = parts;
  }

  /**
   * Puts everything together and starts.
   *
   * @throws StartupException when it cannot, with the reason and the remedy
   */
  static Installation start(Settings given) {
    var parts = new ArrayDeque<AutoCloseable>();
    try {
      var directory = DataDirectory.open(given.data(), new SecureRandom());
      parts.push(directory);
      var settings = given.onNode(directory.node());
      var config = settings.server();
      var builder = HeadwayServer.builder(config); // reads its contract while the database opens
      var database = new CountedDatabase(database(settings, builder, parts));
      parts.push(database);
      database.migrate(schemas(settings));
      var ledger = MappedLedger.open(settings.data().resolve("progress.ledger"));
      parts.push(ledger);
      var accounts = new SqlAccountStore(database);
      requireAuthentication(config, accounts);
      var ids = new RandomIds(Clock.systemUTC(), new SecureRandom());
      var bus = settings.busOrDefault().open(config.node() + "/" + ids.epoch());
      parts.push(bus);
      var solvers = solvers(settings);
      parts.push(solvers);
      builder
          .stores(new SqlJobStore(database), accounts)
          .notifications(new SqlNotificationStore(database))
          .ledger(ledger)
          .bus(bus)
          .check("database", new WriteProbe(database, Clock.systemUTC())::run)
          .counter("headway.database.reads", database::reads)
          .counter("headway.database.writes", database::writes)
          .gauge("headway.database.connections", () -> database.load().connections())
          .gauge("headway.database.connections.busy", () -> database.load().busy())
          .gauge("headway.database.waiting", () -> database.load().waiting())
          .webhooks(settings.webhooks())
          .files(settings.files(), null)
          .mail(mailer(settings));
      install(builder, settings, database, solvers);
      if (settings.databaseOrFile() instanceof DatabaseConfig.Postgres) {
        builder.sharedStores(new SqlNodeRegistry(database), directory.node());
      }
      var server = builder.start();
      parts.push(server);
      return new Installation(config, server, parts);
    } catch (IOException failed) {
      closeAll(parts);
      throw new StartupException(notBound(given.server().listen().port(), failed), failed);
    } catch (RuntimeException failed) {
      closeAll(parts);
      throw failed;
    }
  }

  private static Database database(
      Settings settings, ServerBuilder builder, Deque<AutoCloseable> parts) {
    if (settings.traces() == null) {
      return Database.open(settings.databaseOrFile());
    }
    var tracing = OtlpTracing.to(settings.traces(), settings.server().node());
    parts.push(tracing);
    builder.tracing(tracing);
    return new TracedDatabase(Database.open(settings.databaseOrFile()), tracing);
  }

  private static @Nullable Mailer mailer(Settings settings) {
    return settings.mail() == null ? null : new Mailer(settings.mail());
  }

  private static SolverHost solvers(Settings settings) {
    return new SolverHost(
        ChildLauncher.sameClassPath(), settings.solverProcesses(), Clock.systemUTC());
  }

  private static Schema[] schemas(Settings settings) {
    var schemas = new ArrayList<>(List.of(Schema.CORE));
    if (settings.serves("filling")) {
      schemas.add(FillingApplication.SCHEMA);
    }
    if (settings.serves("fpl")) {
      schemas.add(FplApplication.SCHEMA);
    }
    return schemas.toArray(Schema[]::new);
  }

  private static void install(
      ServerBuilder builder, Settings settings, Database database, SolverHost solvers) {
    if (settings.serves("filling")) {
      builder.application(filling(database, solvers));
    }
    if (settings.serves("spc")) {
      builder.application(SpcApplication.installer(database, settings.spc(), mailer(settings)));
    }
    if (settings.serves("fpl")) {
      builder.application(analyses(settings, database, solvers));
    }
  }

  private static Platform.Installer filling(Database database, SolverHost solvers) {
    var planners = Planners.all(solvers, Clock.systemUTC());
    return FillingApplication.installer(database, FillingConfig.of(planners));
  }

  private static Platform.Installer analyses(
      Settings settings, Database database, SolverHost solvers) {
    var limits = AnalysisLimits.of(settings.fpl().plan());
    var config = FplConfig.of(settings.fpl().source(), new HostedPlanSolver(solvers));
    return FplApplication.installer(database, config.with(limits));
  }

  /* Whoever reaches other addresses is not known to be the owner of this machine. */
  private static void requireAuthentication(ServerConfig config, AccountStore accounts) {
    var setUp =
        config.listen().loopbackOnly()
            || config.auth().provider() != null
            || accounts.users(new PageRequest(1, 1)).total() > 0;
    if (!setUp) {
      throw new StartupException(
          "The host %s can be reached from other machines, and nobody can sign in yet. Add a user first (headway user add you@example.com --role admin, with the same --data or --database) or set auth.provider; or listen on localhost"
              .formatted(address(config.listen().addresses().getFirst())));
    }
  }

  private static String notBound(int port, IOException failure) {
    var reason = String.valueOf(failure.getMessage());
    if (reason.contains("in use")) {
      return "The port %d is in use. Stop the other program, or choose another with --port (0 takes a free one)"
          .formatted(port);
    }
    if (reason.contains("ermission denied")) {
      return "The port %d may not be used by this user. Choose one above 1023 with --port"
          .formatted(port);
    }
    return "The port %d cannot be listened on: %s. Check --host and --port".formatted(port, reason);
  }

  /** Where it is reached on this machine. */
  String url() {
    var listen = config.listen();
    var both = listen.loopbackOnly() && listen.addresses().size() > 1;
    var host = both ? "localhost" : address(listen.addresses().getFirst());
    return "http://" + host + ":" + server.port();
  }

  private static String address(InetAddress address) {
    var text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  /** Whether clients without credentials are served, in one line. */
  String whoIsServed() {
    return server.servesAnonymous()
        ? "Clients without a token are served: only this machine can connect (auth.anonymous: false"
            + " ends that)"
        : "Every client must show a token";
  }

  /**
   * From now on the process leaves in order, with exit code 0, when it is told to stop (SIGINT,
   * SIGTERM).
   */
  void closeOnSignal() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info(
                      "Stopping: no new connections; up to {} s for running jobs",
                      config.listen().drain().toSeconds());
                  close();
                  LOG.info("Stopped");
                  Runtime.getRuntime().halt(0);
                },
                "headway-leaving"));
  }

  /** Leaves in order; see {@link HeadwayServer#close}. */
  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failed) {
        LOG.warn("A part was not closed cleanly", failed);
      }
    }
  }
}
