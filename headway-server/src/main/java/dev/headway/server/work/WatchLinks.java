package dev.headway.server.work;

/**
 * The addresses from which a resource can be watched, as answers show them.
 *
 * @param websocket the contract's socket
 * @param stream the topic's name on the native stream
 * @param events the topic's events over HTTP
 */
public record WatchLinks(String websocket, String stream, String events) {
  static <W extends WorkItem> WatchLinks of(WorkKind<W> kind, W item, String baseUrl) {
    var topic = item.topic();
    var path = kind.socketPath().replaceFirst("\\{\\w+}", topic.id());
    return new WatchLinks(
        baseUrl.replaceFirst("^http", "ws") + path,
        topic.toString(),
        "%s/api/v1/topics/%s/events".formatted(baseUrl, topic));
  }
}
