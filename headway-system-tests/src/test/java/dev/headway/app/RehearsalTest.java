package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.JobStatus;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.PageRequest;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
  @TempDir private Path data = Path.of("");

  @Test
  void run_freshServer_reportsAJobToItsEnd() throws Exception {
    var store = new InMemoryJobStore();
    try (var server =
            HeadwayServer.builder(ServerConfig.loopback(0, data))
                .stores(store, new InMemoryAccountStore())
                .start();
        var http = HttpClient.newHttpClient()) {
      new Rehearsal(http, URI.create(server.url()), 20).run();
      http.shutdownNow();
    }

    assertThat(store.list(Filter.ALL, new PageRequest(1, 10)).items())
        .singleElement()
        .satisfies(job -> {
          assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
          assertThat(job.position().reports()).isEqualTo(20);
        });
  }
}
