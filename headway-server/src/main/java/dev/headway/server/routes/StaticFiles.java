package dev.headway.server.routes;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Handler;
import dev.headway.server.http.PagePolicy;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A single-page application from a folder of the class path, with its index for every path that
 * names a page; a plain page where the build holds none. Thread-safe.
 */
public final class StaticFiles implements Handler {
  private static final String NO_DASHBOARD = "/dev/headway/server/no-dashboard.html";
  private static final String LINK_PAGE = "/watch";
  private static final Pattern FILE =
      Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\\.[a-z0-9]{1,11}");
  private static final Pattern HASHED =
      Pattern.compile(".*/assets/.*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private final String folder;
  private final String linkPolicy;
  private final ConcurrentHashMap<String, Optional<File>> files = new ConcurrentHashMap<>();

  /** A file as it is and, where that is worth it, compressed once for all, the smallest first. */
  private record File(Variant plain, List<Coded> compressed) {
    Variant forClient(Request request) {
      return compressed.stream()
          .filter(one -> Compression.accepted(request, one.coding()))
          .map(Coded::variant)
          .findFirst()
          .orElse(plain);
    }
  }

  private record Coded(String coding, Variant variant) {}

  private record Variant(String etag, Response answer) {
    Response to(Request request) {
      return Etag.conditional(request, etag, answer);
    }
  }

  /**
   * Serves a folder.
   *
   * @param folder on the class path, for example {@code /web}
   * @param frameAncestors origins whose pages may show the page of a link in a frame
   */
  public StaticFiles(String folder, Set<String> frameAncestors) {
    this.folder = folder;
    this.linkPolicy = PagePolicy.framedBy(frameAncestors);
  }

  @Override
  public Response handle(Request request) {
    var path = request.line().path();
    if (FILE.matcher(path).matches()) {
      return load(folder + path)
          .map(file -> file.forClient(request).to(request))
          .orElseThrow(() -> HeadwayException.notFound("The file " + path));
    }
    if (!isPage(request, path)) {
      throw HeadwayException.notFound("The path " + path);
    }
    if (path.equals(LINK_PAGE)) {
      return page("/watch.html", request).with(PagePolicy.HEADER, linkPolicy);
    }
    return page("/index.html", request);
  }

  private Response page(String file, Request request) {
    var page = load(folder + file).or(() -> load(NO_DASHBOARD)).orElseThrow();
    return page.forClient(request).to(request);
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
    var mediaType = Resources.mediaType(path);
    var plain = variant(path, mediaType, content);
    if (!Compression.worthIt(mediaType, content)) {
      return new File(plain, List.of());
    }
    var gzipped = coded("gzip", variant(path, mediaType, Compression.gzip(content)));
    var compressed =
        Resources.read(path + ".br") // made by the build, if at all
            .map(bytes -> List.of(coded("br", variant(path, mediaType, bytes)), gzipped))
            .orElse(List.of(gzipped));
    return new File(varying(plain), compressed);
  }

  private static Coded coded(String coding, Variant variant) {
    var answer = variant.answer().with("Content-Encoding", coding);
    return new Coded(coding, varying(new Variant(variant.etag(), answer)));
  }

  private static Variant varying(Variant variant) {
    return new Variant(variant.etag(), variant.answer().with("Vary", "Accept-Encoding"));
  }

  private static Variant variant(String path, String mediaType, byte[] content) {
    var answer = Response.bytes(200, mediaType, content);
    var cached =
        HASHED.matcher(path).matches()
            ? answer.with("Cache-Control", "public, max-age=31536000, immutable")
            : answer.with("Cache-Control", "no-cache");
    return new Variant(Etag.of(content), cached);
  }
}
