package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The duties of a server go on, whatever its store throws. */
final class DutiesTest {
  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable HeadwayServer server;

  @AfterEach
  void stop() {
    http.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  /** A store that fails the first three questions for what is due. */
  private static JobStore failing(Class<? extends Error> kind) {
    var store = new InMemoryJobStore();
    var questions = new AtomicInteger();
    return (JobStore)
        Proxy.newProxyInstance(
            DutiesTest.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("due") && questions.incrementAndGet() <= 3) {
                throw kind.getConstructor(String.class).newInstance("of a test");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private String url() {
    return Objects.requireNonNull(server).url();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url() + path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, LinkageError.class})
  void watchdog_whoseStoreThrowsErrors_goesOnAndEachIsCounted(Class<? extends Error> kind)
      throws Exception {
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, data))
            .stores(failing(kind), new InMemoryAccountStore())
            .start();
    var job = TestServer.json(post("/jobs", "{\"job_type\":\"bake\",\"external\":true}"));
    post("/jobs/claim", "{\"worker_id\":\"gone\",\"lease_seconds\":1}");

    var id = job.get("id").asString();
    await().until(() -> get("/jobs/" + id).contains("\"status\":\"queued\""));
    assertThat(get("/metrics")).contains("headway_duties_failed_total{duty=\"watch jobs\"} 3.0");
  }
}
