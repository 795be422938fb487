package dev.headway.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Described> methods = new TreeMap<>();
    private @Nullable Node parameter;

    Node child(String segment) {
      if (!Operation.isParameter(segment)) {
        return literals.computeIfAbsent(segment, _ -> new Node());
      }
      var next = parameter == null ? new Node() : parameter;
      parameter = next;
      return next;
    }
  }

  /** An operation, and what its path's parameters are called, in their order. */
  private record Described(Operation operation, List<String> parameters) {
    Match.Found with(List<String> values) {
      var path = HashMap.<String, String>newHashMap(values.size());
      for (var at = 0; at < values.size(); at++) {
        path.put(parameters.get(at), values.get(at));
      }
      return new Match.Found(operation, path);
    }
  }

  private record Place(Node node, List<String> values) {}

  private final Node root = new Node();

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
          .forEach((alias, meant) -> addAlias(operation, segments(alias), segments(meant)));
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
    var node = root;
    for (var segment : path) {
      node = node.child(segment);
    }
    var described = new Described(operation, parameters(path));
    var other = node.methods.putIfAbsent(operation.method(), described);
    if (other != null) {
      throw new IllegalArgumentException(
          "The operations (%s, %s) have the same method and path"
              .formatted(other.operation().id(), operation.id()));
    }
  }

  private static List<String> parameters(List<String> path) {
    return path.stream()
        .filter(Operation::isParameter)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }

  /** Finds the operation; HEAD finds GET's. */
  public Match route(String method, List<String> segments) {
    var place = find(root, segments, 0, List.of());
    if (place == null) {
      return new Match.Unknown();
    }
    var methods = place.node().methods;
    var described = methods.get(method.equals("HEAD") ? "GET" : method);
    return described == null
        ? new Match.OtherMethods(allowed(methods))
        : described.with(place.values());
  }

  private static List<String> allowed(Map<String, Described> methods) {
    var all = new TreeSet<>(methods.keySet());
    all.add("OPTIONS");
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return List.copyOf(all);
  }

  private static @Nullable Place find(Node node, List<String> path, int at, List<String> values) {
    if (at == path.size()) {
      return node.methods.isEmpty() ? null : new Place(node, values);
    }
    var segment = path.get(at);
    var literal = node.literals.get(segment);
    if (literal != null) {
      var found = find(literal, path, at + 1, values);
      if (found != null) {
        return found;
      }
    }
    if (node.parameter == null || segment.isEmpty()) {
      return null;
    }
    var further = new ArrayList<>(values);
    further.add(segment);
    return find(node.parameter, path, at + 1, further);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
