package dev.headway.server.http.dispatch;

import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.contract.Operation;
import dev.headway.server.path.PathTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the operation of a method and path. Literal segments go before parameters (OpenAPI 3.1,
 * section 4.8.8.2). Immutable once built; thread-safe.
 */
public final class Router {
  /** The outcome of matching a request's method and path. */
  public sealed interface Match {
    /**
     * An operation.
     *
     * @param operation which
     * @param path the path's parameters, decoded
     */
    record Found(Operation operation, Map<String, String> path) implements Match {}

    /**
     * The path exists, the method does not.
     *
     * @param allowed the methods that do
     */
    record OtherMethods(List<String> allowed) implements Match {}

    /** There is no such path. */
    record Unknown() implements Match {}
  }

  /** An operation, and what its path's parameters are called, in their order. */
  private record Described(Operation operation, List<String> parameters) {
    Match.Found with(List<String> values) {
      return new Match.Found(operation, PathTree.named(parameters, values));
    }
  }

  private final PathTree<Map<String, Described>> paths = new PathTree<>();

  /**
   * Builds the routes of a document.
   *
   * @throws IllegalArgumentException when two operations have the same method and path
   */
  public Router(OpenApiDocument document) {
    for (var operation : document.operations().values()) {
      var path = operation.segments();
      add(operation, path);
      document
          .aliases()
          .forEach((alias, meant) ->
              addAlias(operation, PathTree.segments(alias), PathTree.segments(meant)));
    }
  }

  private void addAlias(Operation operation, List<String> alias, List<String> meant) {
    var path = operation.segments();
    if (path.size() >= meant.size() && path.subList(0, meant.size()).equals(meant)) {
      var other = new ArrayList<>(alias);
      other.addAll(path.subList(meant.size(), path.size()));
      add(operation, other);
    }
  }

  private void add(Operation operation, List<String> path) {
    var described = new Described(operation, PathTree.parameters(path));
    paths.put(path, Map.of(operation.method(), described), Router::joined);
  }

  private static Map<String, Described> joined(
      Map<String, Described> some, Map<String, Described> more) {
    var all = new TreeMap<>(some);
    more.forEach((method, described) -> {
      var other = all.putIfAbsent(method, described);
      if (other != null) {
        throw new IllegalArgumentException(
            "The operations (%s, %s) have the same method and path"
                .formatted(described.operation().id(), other.operation().id()));
      }
    });
    return all;
  }

  /** Finds the operation; HEAD finds GET's, and a parameter is never empty. */
  public Match route(String method, List<String> segments) {
    var found = paths.find(segments);
    if (found == null || found.parameters().contains("")) {
      return new Match.Unknown();
    }
    var methods = found.value();
    var described = methods.get(method.equals("HEAD") ? "GET" : method);
    return described == null
        ? new Match.OtherMethods(allowed(methods))
        : described.with(found.parameters());
  }

  private static List<String> allowed(Map<String, Described> methods) {
    var all = new TreeSet<>(methods.keySet());
    all.add("OPTIONS");
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return List.copyOf(all);
  }
}
