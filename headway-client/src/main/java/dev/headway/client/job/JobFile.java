package dev.headway.client.job;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that was uploaded for a job.
 *
 * @param name its name, unique in its job
 * @param bytes its size
 * @param uploadedAt when it was kept
 */
public record JobFile(String name, long bytes, Instant uploadedAt) {
  /** The path of a job's file on the server. */
  public static String path(UUID job, String name) {
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "/api/v1/jobs/%s/files/%s".formatted(job, encoded);
  }
}
