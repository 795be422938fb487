package dev.headway.server.routes;

import dev.headway.server.http.Etag;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.AsyncApiDocument;
import dev.headway.server.http.contract.OpenApiDocument;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The documents of the API, and the page that shows them. Thread-safe. */
public final class DocsRoutes {
  private static final String FOLDER = "/dev/headway/server/";

  private final OpenApiDocument document;
  private final List<String> sockets;
  private final Map<String, File> files = new ConcurrentHashMap<>();

  private record File(String etag, Response answer) {}

  /**
   * @param document of the operations
   * @param sockets resource paths of the applications' parts of the sockets' document
   */
  public DocsRoutes(OpenApiDocument document, List<String> sockets) {
    this.document = document;
    this.sockets = sockets;
  }

  /** The handlers. */
  public Routes routes() {
    return new Routes()
        .on("openapiYaml", request -> file(request, "openapi.yaml", document::yaml))
        .on("openapiJson", request -> file(request, "openapi.json", document::json))
        .on(
            "asyncapiYaml",
            request -> file(request, "asyncapi.yaml", () -> AsyncApiDocument.yaml(sockets)))
        .on("docs", request -> resource(request, "docs.html"))
        .on("docsFile", request -> resource(request, request.pathText("file")));
  }

  private Response resource(Request request, String name) {
    return file(request, name, () -> Resources.require(FOLDER + name));
  }

  private Response file(Request request, String name, Supplier<byte[]> content) {
    var file = files.computeIfAbsent(name, _ -> file(name, content.get()));
    return Etag.conditional(request, file.etag(), file.answer());
  }

  private static File file(String name, byte[] content) {
    return new File(Etag.of(content), Response.bytes(200, Resources.mediaType(name), content));
  }
}
