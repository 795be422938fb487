package dev.headway.server.routes;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A single-page application from a folder of the class path, with its index for every path that
 * names a page; a plain page where the build holds none. Thread-safe.
 */
public final class StaticFiles implements Handler {
  private static final String NO_DASHBOARD = "/dev/headway/server/no-dashboard.html";
  private static final Pattern FILE =
      Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\\.[a-z0-9]{1,11}");
  private static final Pattern HASHED =
      Pattern.compile(".*/assets/.*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private final String folder;
  private final ConcurrentHashMap<String, Optional<File>> files = new ConcurrentHashMap<>();

  private record File(String etag, Response answer) {}

  /**
   * Serves a folder.
   *
   * @param folder on the class path, for example {@code /web}
   */
  public StaticFiles(String folder) {
    this.folder = folder;
  }

  @Override
  public Response handle(Request request) {
    var path = request.line().path();
    if (FILE.matcher(path).matches()) {
      return load(folder + path)
          .map(file -> Etag.conditional(request, file.etag(), file.answer()))
          .orElseThrow(() -> HeadwayException.notFound("The file " + path));
    }
    if (!isPage(request, path)) {
      throw HeadwayException.notFound("The path " + path);
    }
    var index = load(folder + "/index.html").or(() -> load(NO_DASHBOARD)).orElseThrow();
    return Etag.conditional(request, index.etag(), index.answer());
  }

  /**
   * A page is what a browser navigates to; neither the API's own paths nor anything with a dot are
   * one.
   */
  private static boolean isPage(Request request, String path) {
    var wantsPage = request.header("accept").orElse("*/*").contains("text/html");
    var api = path.startsWith("/api/") || path.startsWith("/jobs");
    return path.equals("/") || (wantsPage && !api && !path.contains("."));
  }

  private Optional<File> load(String path) {
    var known = files.get(path);
    if (known != null) {
      return known;
    }
    var found = Resources.read(path).map(content -> file(path, content));
    if (found.isPresent()) {
      files.put(path, found);
    }
    return found;
  }

  private static File file(String path, byte[] content) {
    var answer = Response.bytes(200, Resources.mediaType(path), content);
    var cached =
        HASHED.matcher(path).matches()
            ? answer.with("Cache-Control", "public, max-age=31536000, immutable")
            : answer.with("Cache-Control", "no-cache");
    return new File(Etag.of(content), cached);
  }
}
