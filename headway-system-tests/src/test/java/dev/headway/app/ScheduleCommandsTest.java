package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.cli.CliCommands;
import dev.headway.cli.CliEnvironment;
import dev.headway.cli.bars.PlainBars;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line against the whole program: schedules from a file of lots. */
final class ScheduleCommandsTest {
  @TempDir private Path home = Path.of("");
  private ServeProcess server;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void signIn() throws IOException {
    server = ServeProcess.start(home.resolve("data"), Map.of());
    assertThat(headway("login", "--register", "--email", "ada@example.org")).isZero();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int headway(String... arguments) {
    out.reset();
    err.reset();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var environment =
        new CliEnvironment(
            new ByteArrayInputStream("correct horse\n".getBytes(StandardCharsets.UTF_8)),
            print,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HEADWAY_URL", server.url()),
            home,
            InstantSource.system(),
            _ -> new PlainBars(print::println));
    var program = new CommandLine(new RootCommand());
    CliCommands.all(environment).forEach(program::addSubcommand);
    return program.execute(arguments);
  }

  private List<String> printed() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String lots(String rows) throws IOException {
    return Files.writeString(home.resolve("lots.csv"), "Lot ID,Type,Vials\n" + rows).toString();
  }

  @Test
  void submit_lots_areScheduledAndWatchedToTheEnd() throws Exception {
    var file = lots("A1,alpha,199200\nB1,beta,398400\nA2,alpha,597600\n");

    assertThat(headway("submit", "--lots", file, "--strategy", "lpt", "--watch")).isZero();
    assertThat(printed())
        .startsWith("Submitted schedule:1")
        .last()
        .asString()
        .startsWith("schedule:1  100%  done");

    assertThat(headway("watch", "1")).isZero();
    assertThat(headway("logs", "schedule:1")).isZero();
    assertThat(headway("jobs")).isZero();
    assertThat(printed()).last().asString().contains("fill-schedule", "completed", "100%");
  }

  @Test
  void submit_lotsWithDefects_namesThemAndFails() throws Exception {
    var file = lots("A1,alpha,199200\nA1,alpha,0\n");

    assertThat(headway("submit", "--lots", file)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("headway: ").contains("A1");
  }
}
