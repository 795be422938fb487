import dev.headway.client.HeadwayClient;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.JobRequest;
import dev.headway.client.work.Claim;
import dev.headway.client.work.ClaimedJob;
import dev.headway.client.work.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A worker that computes CRC-32C checksums of files. Run by {@code examples/checksum-worker}:
 * without arguments it works until it is interrupted; with files it submits a job for them, does it
 * and ends.
 */
final class ChecksumWorker {
  private static final String TYPE = "crc-files";

  /** How long a job stays this worker's without a sign of life. */
  private static final Duration LEASE =
      Duration.ofSeconds(
          Long.parseLong(Objects.requireNonNullElse(System.getenv("HEADWAY_LEASE_SECONDS"), "30")));

  private ChecksumWorker() {}

  public static void main(String[] files) {
    var server = Objects.requireNonNullElse(System.getenv("HEADWAY_URL"), "http://localhost:8000");
    var builder = HeadwayClient.at(URI.create(server));
    var token = System.getenv("HEADWAY_TOKEN");
    try (var client = (token == null ? builder : builder.token(token)).build()) {
      var claim = Claim.from("default").types(TYPE).lease(LEASE);
      if (files.length == 0) {
        System.out.println("waiting for jobs of type " + TYPE + "; Ctrl-C ends");
        client.work(claim, ChecksumWorker::checksums);
        return;
      }
      var paths = new ArrayList<String>();
      for (var file : files) {
        paths.add(Path.of(file).toAbsolutePath().toString());
      }
      var accepted = client.submit(JobRequest.external(TYPE).payload(Map.of("paths", paths)));
      System.out.println("watch it: ./headway watch " + accepted.work().topic());
      try (var job = client.claim(claim)) {
        job.run(ChecksumWorker::checksums);
      }
      var ended = client.job(accepted.work().id());
      System.out.println(ended.status().word() + " " + ended.resultPayload());
    } catch (UnreachableException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Object checksums(ClaimedJob job) throws IOException {
    // Where an earlier attempt was killed, this one goes on behind the last file that it had done.
    var sums = new LinkedHashMap<String, String>();
    job.checkpoint()
        .ifPresent(done ->
            done.properties().forEach(sum -> sums.put(sum.getKey(), sum.getValue().asString())));
    var paths = paths(job);
    for (var path : paths) {
      if (!sums.containsKey(path)) {
        job.throwIfCancelled();
        sums.put(path, Long.toHexString(checksum(Path.of(path))));
        job.log(sums.get(path) + "  " + path);
        job.report(
            Report.of(sums.size(), paths.size())
                .saying(path + " is done")
                .keeping(Map.copyOf(sums)));
      }
    }
    return sums;
  }

  private static List<String> paths(ClaimedJob job) {
    var paths = new ArrayList<String>();
    for (var path : Objects.requireNonNull(job.job().payload()).path("paths")) {
      paths.add(path.asString());
    }
    return paths;
  }

  private static long checksum(Path path) throws IOException {
    var checksum = new CRC32C();
    var block = new byte[1 << 20];
    try (var file = Files.newInputStream(path)) {
      for (var read = file.read(block); read >= 0; read = file.read(block)) {
        checksum.update(block, 0, read);
      }
    }
    return checksum.getValue();
  }
}
