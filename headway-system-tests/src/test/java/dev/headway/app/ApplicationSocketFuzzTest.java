package dev.headway.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.Frame;
import dev.headway.filling.app.FillingApplication;
import dev.headway.filling.app.FillingConfig;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.fpl.app.FplApplication;
import dev.headway.fpl.app.FplConfig;
import dev.headway.fpl.app.SourceSetting;
import dev.headway.server.HeadwayServer;
import dev.headway.server.Platform;
import dev.headway.server.ServerConfig;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.spc.app.SpcApplication;
import dev.headway.spc.app.SpcSettings;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.QuickHasher;
import dev.headway.testkit.fuzz.Fuzzing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of what clients send to the sockets of schedules, comparisons, analyses and process
 * control: every message is answered or ignored, every answer can be read, and no session throws.
 */
public final class ApplicationSocketFuzzTest {
  private static final Installed INSTALLED = Installed.start();

  /** Takes one input; its first byte chooses the socket. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var sockets = INSTALLED.sockets();
    var endpoint = sockets.get(Math.floorMod(input[0], sockets.size()));
    var message = Frame.text(Arrays.copyOfRange(input, 1, input.length));
    FuzzedClient.send(endpoint, INSTALLED.parameters(endpoint.path()), "", message);
  }

  @AfterAll
  static void stop() {
    INSTALLED.server().close();
    INSTALLED.database().close();
  }

  @Test
  void message_ofAnyBytes_isAnsweredOrIgnored() {
    Fuzzing.run(ApplicationSocketFuzzTest.class, ApplicationSocketFuzzTest::fuzzerTestOneInput);
  }

  /** A server with all applications, one thing of each, and the applications' sockets. */
  private record Installed(
      Database database,
      HeadwayServer server,
      List<SocketEndpoint> sockets,
      Map<String, String> ids) {
    static Installed start() {
      try {
        var data = Files.createTempDirectory("headway-fuzz");
        var database = Database.open(new DatabaseConfig.Sqlite(data.resolve("headway.db")));
        database.migrate(Schema.CORE, FillingApplication.SCHEMA, FplApplication.SCHEMA);
        var sockets = new ArrayList<SocketEndpoint>();
        var builder =
            HeadwayServer.builder(ServerConfig.loopback(0, data))
                .passwords(new QuickHasher())
                .stores(new SqlJobStore(database), new SqlAccountStore(database));
        for (var installer : installers(database)) {
          builder.application(platform -> {
            var application = installer.install(platform);
            sockets.addAll(application.sockets());
            return application;
          });
        }
        var server = builder.start();
        return new Installed(database, server, sockets, things(server.url()));
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
    }

    private static List<Platform.Installer> installers(Database database) {
      var filling = FillingConfig.of(Heuristics.all());
      var fpl =
          FplConfig.of(
              new SourceSetting.Sample(),
              (_, _) -> {
                throw new HeadwayException(ErrorCode.EXECUTION_ERROR, "No plan is searched here");
              });
      return List.of(
          FillingApplication.installer(database, filling),
          FplApplication.installer(database, fpl),
          SpcApplication.installer(database, SpcSettings.DEFAULT, null));
    }

    private static Map<String, String> things(String url) {
      var lots = "\"lots_data\":[{\"id\":\"A\",\"type\":\"T\",\"vials\":1000}]";
      var compared = "{\"strategies\":[\"lpt\",\"given\"]," + lots + "}";
      made(url + "/api/v1/characteristics", "{\"name\":\"bore\"}");
      return Map.of(
          "schedule", made(url + "/api/v1/schedule", "{\"strategy\":\"lpt\"," + lots + "}"),
          "compar", made(url + "/api/v1/compare", compared),
          "anal", made(url + "/api/v1/analyze", "{\"team_id\":99}"));
    }

    private static String made(String url, String body) {
      try (var http = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = JsonCodec.parse(http.send(request, BodyHandlers.ofByteArray()).body());
        return (answer.has("analysis_id") ? answer.get("analysis_id") : answer.get("id"))
            .asString();
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }

    /** The parameters of a socket's path; none for process control's. */
    Map<String, String> parameters(String path) {
      return ids.entrySet().stream()
          .filter(entry -> path.contains(entry.getKey()))
          .findFirst()
          .map(entry -> Map.of("id", entry.getValue()))
          .orElse(Map.of());
    }
  }
}
