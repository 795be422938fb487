package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.torture.TortureCommand;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/**
 * The oracle on three servers over a PostgreSQL of its own: a small dose in every build, of which
 * the full one is {@code headway torture}.
 */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
final class TortureCommandTest {
  private static CommandRun torture(String... arguments) {
    var command = new TortureCommand(System.getProperty("java.class.path"));
    return CommandRun.of(new CommandLine(command), arguments);
  }

  @Test
  void torture_ofThreeServers_findsNoBrokenPromise() throws Exception {
    try (var postgres =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start()) {
      var address =
          "postgresql://postgres:postgres@127.0.0.1:%d/postgres".formatted(postgres.getPort());
      var run = torture("--database", address, "--rounds", "1", "--seed", "3");

      assertThat(run.out()).anyMatch(line -> line.startsWith("Nothing was lost, shown twice"));
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void torture_databaseOfSeveralServers_saysWhatItNeeds() {
    var run = torture("--database", "postgresql://one:1,two:2/name");
    assertThat(run.exitCode()).isNotZero();
    assertThat(String.join("\n", run.err())).contains("must name one server");
  }
}
