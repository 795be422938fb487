package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.port.FileStore.StoredFile;
import dev.headway.core.topic.TopicName;
import dev.headway.server.account.token.Links;
import dev.headway.server.files.FileName;
import dev.headway.server.files.JobFiles;
import dev.headway.server.http.ByteRange;
import dev.headway.server.http.Etag;
import dev.headway.server.http.PagePolicy;
import dev.headway.server.http.Problem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the files that workers upload for their jobs, and of the links by which people
 * fetch them.
 */
public final class JobFileRoutes {
  /** The stream of a job's log that has the name of each file as it was uploaded. */
  static final String STREAM = "files";

  private static final String LEASE = "headway-lease";
  private static final String BYTES = "application/octet-stream";

  /* RFC 9110, section 5.6.7; the JDK's own RFC_1123_DATE_TIME writes a day of one digit. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private record View(String name, long bytes, Instant uploadedAt) {
    static View of(StoredFile file) {
      return new View(file.name(), file.bytes(), file.storedAt());
    }
  }

  private record FileList(List<View> files) {}

  private record NewLink(@Nullable Integer ttlSeconds) {
    static final NewLink USUAL = new NewLink(null);

    int seconds() {
      return Objects.requireNonNullElse(ttlSeconds, Links.USUAL_SECONDS);
    }
  }

  private record LinkView(String id, String url, Instant expiresAt) {}

  private final Jobs jobs;
  private final Access access;
  private final JobAccess named;
  private final WorkerReports reports;
  private final JobFiles files;
  private final Links links;

  /** The routes over the files of these jobs. */
  public JobFileRoutes(Jobs jobs, Access access, JobFiles files, Links links) {
    this.jobs = jobs;
    this.access = access;
    this.named = new JobAccess(jobs, access);
    this.reports = new WorkerReports(jobs, access);
    this.files = files;
    this.links = links;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("listFiles", this::list)
        .on("uploadFile", this::upload)
        .on("downloadFile", this::download)
        .on("deleteFile", this::delete)
        .on("linkFile", this::link);
  }

  private static FileName name(Request request) {
    return new FileName(request.pathText("name"));
  }

  private Response list(Request request) {
    var job = named.watchable(request);
    return Response.ok(new FileList(files.list(job.id()).stream().map(View::of).toList()));
  }

  private Response upload(Request request) throws IOException {
    var id = named.workable(request);
    var name = name(request);
    requireOpen(request, id);
    var before = files.list(id).stream().anyMatch(file -> file.name().equals(name.text()));
    StoredFile stored;
    try (var content = request.bytes()) {
      stored = files.put(id, name, content, request.byteCount());
    }
    announce(id, name);
    return Response.json(before ? 200 : 201, View.of(stored));
  }

  /* The lease says who works on it; without one, its owner may add to it until it ends. */
  private void requireOpen(Request request, UUID id) {
    var lease = request.header(LEASE);
    if (lease.isPresent()) {
      reports.requireHeld(id, lease.get());
      return;
    }
    var job = named.steerable(request);
    if (job.ended()) {
      throw Refusal.ENDED.exception(job);
    }
  }

  /* Nothing follows a job's end: a file that was stored after it is taken back. */
  private void announce(UUID id, FileName name) {
    try {
      jobs.log(id, STREAM, List.of(name.text()));
    } catch (HeadwayException late) {
      if (late.code() == ErrorCode.TOO_LATE) {
        files.delete(id, name);
      }
      throw late;
    }
  }

  private Response download(Request request) {
    var id = request.pathUuid("id");
    var name = name(request);
    requireReadable(request, id, name);
    var file = files.find(id, name);
    var tag = Etag.of(file.version());
    if (Etag.matches(request, tag)) {
      return Response.bytes(304, "", new byte[0]).with("ETag", tag);
    }
    var range = range(request, file, tag);
    if (range.length() == 0 && file.bytes() > 0) {
      return unsatisfiable(request, file);
    }
    var partial = range.length() < file.bytes();
    var content = files.read(id, file, range.from());
    var headers = headers(name, file, tag);
    if (partial) {
      headers.put(
          "Content-Range",
          "bytes %d-%d/%d"
              .formatted(range.from(), range.from() + range.length() - 1, file.bytes()));
    }
    return new Response.Content(partial ? 206 : 200, headers, BYTES, range.length(), content);
  }

  private void requireReadable(Request request, UUID id, FileName name) {
    var names = Set.of(TopicName.ofJob(id).toString(), JobFiles.topic(id, name).toString());
    var who = request.principal();
    if (jobs.find(id).filter(it -> access.mayWatch(who, it.spec().owner(), names)).isEmpty()) {
      throw HeadwayException.notFound("Job");
    }
  }

  /* A part of another version than the client has begins with the whole (RFC 9110, 13.1.5). */
  private static ByteRange range(Request request, StoredFile file, String tag) {
    var whole = new ByteRange(0, file.bytes());
    var same = request.header("if-range").map(tag::equals).orElse(true);
    return request
        .header("range")
        .filter(_ -> same && file.bytes() > 0)
        .flatMap(header -> ByteRange.asked(header, file.bytes()))
        .orElse(whole);
  }

  private static Response unsatisfiable(Request request, StoredFile file) {
    var reason =
        new HeadwayException(
            ErrorCode.INVALID_INPUT,
            "The range (%s) has nothing of the file, which has %d bytes"
                .formatted(request.header("range").orElse(""), file.bytes()));
    return Problem.of(416, reason, request.line().id())
        .with("Content-Range", "bytes */" + file.bytes());
  }

  /* Whatever the file is, no browser runs or shows it as a page of this server. */
  private static Map<String, String> headers(FileName name, StoredFile file, String tag) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Disposition", name.disposition());
    headers.put(PagePolicy.HEADER, PagePolicy.INERT);
    headers.put("ETag", tag);
    headers.put("Last-Modified", HTTP_DATE.format(file.storedAt()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "private, no-cache");
    return headers;
  }

  private Response delete(Request request) {
    files.delete(named.steerable(request).id(), name(request));
    return Response.noContent();
  }

  private Response link(Request request) {
    var job = named.watchable(request);
    var name = name(request);
    files.find(job.id(), name);
    var wanted = request.json(NewLink.class, NewLink.USUAL);
    var shown = "%s/%s".formatted(TopicName.ofJob(job.id()), name.text());
    var topic = JobFiles.topic(job.id(), name);
    var made = links.toFile(request.principal(), topic, shown, wanted.seconds());
    var url =
        "%s/api/v1/jobs/%s/files/%s?token=%s"
            .formatted(request.caller().baseUrl(), job.id(), name.encoded(), made.token());
    return Response.json(201, new LinkView(made.id(), url, made.expiresAt()));
  }
}
