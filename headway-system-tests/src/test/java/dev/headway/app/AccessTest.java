package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.contract.AsyncApiDocument;
import dev.headway.server.http.contract.OpenApiDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Access rights of the whole contract: every operation, every socket and every message that a
 * client may send there, by every kind of caller, as {@code access.txt} says. What the documents
 * have and the table lacks fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {
  private static final List<String> APPLICATIONS = List.of("filling", "spc", "fpl");

  /**
   * A line of the table.
   *
   * @param name the operation's id; of a socket its channel, of a message its channel and name
   * @param method of HTTP, or {@code SOCKET}
   * @param path with the names of things in braces
   * @param expected by caller, in the order of the table's head
   * @param body the body; of a socket the message that is sent, if any, the frame that answers it
   *     and what it says if it is a yes: {@code message => reply ~ yes}
   */
  private record Row(String name, String method, String path, List<String> expected, String body) {
    static Row of(String line) {
      var parts = line.split("\\|", 2);
      var words = Arrays.asList(parts[0].strip().split("\\s+"));
      var body = parts.length > 1 ? parts[1].strip() : "";
      return new Row(
          words.get(0), words.get(1), words.get(2), words.subList(3, words.size()), body);
    }

    boolean onSocket() {
      return method.equals("SOCKET");
    }
  }

  private static final Set<String> ENDING = Set.of("logout", "signOutEverywhere");

  private final List<String> callers;
  private final List<Row> rows;
  private final AccessFixture fixture;

  AccessTest(@TempDir Path data) throws Exception {
    var lines = table().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    callers = Arrays.asList(lines.getFirst().strip().split("\\s+"));
    rows = lines.stream().skip(1).map(Row::of).toList();
    fixture = new AccessFixture(data);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private static String table() throws IOException {
    try (var stream = Objects.requireNonNull(AccessTest.class.getResourceAsStream("access.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void table_hasEveryOperationSocketAndMessage_andNoOther() {
    var described = new TreeSet<>(operations());
    described.addAll(sockets());
    assertThat(new TreeSet<>(rows.stream().map(Row::name).toList())).isEqualTo(described);
    assertThat(rows).allSatisfy(row -> assertThat(row.expected()).hasSameSizeAs(callers));
  }

  private static List<String> operations() {
    var documents = APPLICATIONS.stream().map("/dev/headway/%1$s/openapi.yaml"::formatted).toList();
    return List.copyOf(OpenApiDocument.load(documents).operations().keySet());
  }

  /** Channels, and the messages that a client may send there, as {@code channel.message}. */
  private static List<String> sockets() {
    var documents =
        APPLICATIONS.stream().map("/dev/headway/%1$s/asyncapi.yaml"::formatted).toList();
    var document = YAMLMapper.builder().build().readTree(AsyncApiDocument.yaml(documents));
    var names = new ArrayList<>(document.path("channels").propertyNames());
    for (var operation : document.path("operations").values()) {
      if (operation.path("action").asString().equals("receive")) {
        for (var message : operation.path("messages").values()) {
          var place = message.path("$ref").asString().split("/", -1);
          names.add(place[2] + "." + place[4]);
        }
      }
    }
    return names;
  }

  @TestFactory
  Stream<DynamicTest> everyRow_byEveryCaller_isAsTheTableSays() {
    return rows.stream()
        .flatMap(row ->
            callers.stream()
                .map(caller ->
                    DynamicTest.dynamicTest(
                        row.name() + " by " + caller, () -> check(row, caller))));
  }

  private void check(Row row, String caller) throws Exception {
    var expected = row.expected().get(callers.indexOf(caller));
    assertThat(outcome(row, caller)).isEqualTo(expected);
  }

  private static List<String> messages(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" && "));
  }

  private String outcome(Row row, String caller) throws Exception {
    var path = fixture.filled(row.path(), caller);
    if (!row.onSocket()) {
      var body = fixture.filled(row.body(), caller);
      var status = fixture.call(row.method(), path, caller, body).statusCode();
      if (ENDING.contains(row.name()) && status == 204) {
        fixture.signInAgain(caller);
      }
      return Integer.toString(status);
    }
    var parts = row.body().split("=>|~", 3);
    var reply = Pattern.compile(fixture.filled(parts[1].strip(), caller));
    var yes = parts[2].strip();
    return fixture.socket(
        path,
        caller,
        messages(fixture.filled(parts[0].strip(), caller)),
        frame -> reply.matcher(frame).find() ? (frame.contains(yes) ? "yes" : "no") : null);
  }
}
