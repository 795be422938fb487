package dev.headway.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a method and path. Literal segments go before parameters (OpenAPI 3.1,
 * section 4.8.8.2). Immutable once built; thread-safe.
 */
public final class Router {
  /** What became of a request's method and path. */
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
    private final Map<String, Operation> methods = new TreeMap<>();
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

  private record Place(Node node, List<String> values) {}

  private final Node root = new Node();
  private final Map<List<String>, List<String>> aliases = new HashMap<>();

  /**
   * Builds the routes of a document.
   *
   * @throws IllegalArgumentException when two operations have the same method and path
   */
  public Router(OpenApiDocument document) {
    document.aliases().forEach((from, to) -> aliases.put(segments(from), segments(to)));
    for (var operation : document.operations().values()) {
      var node = root;
      for (var segment : operation.segments()) {
        node = node.child(segment);
      }
      var other = node.methods.put(operation.method(), operation);
      if (other != null) {
        throw new IllegalArgumentException(
            "The operations (%s, %s) have the same method and path"
                .formatted(other.id(), operation.id()));
      }
    }
  }

  /** Finds the operation; HEAD finds GET's. */
  public Match route(String method, List<String> segments) {
    var path = canonical(segments);
    var place = find(root, path, 0, List.of());
    if (place.isEmpty()) {
      return new Match.Unknown();
    }
    var methods = place.get().node().methods;
    var operation = methods.get(method.equals("HEAD") ? "GET" : method);
    return operation == null
        ? new Match.OtherMethods(allowed(methods))
        : new Match.Found(operation, operation.name(place.get().values()));
  }

  private static List<String> allowed(Map<String, Operation> methods) {
    var all = new TreeSet<>(methods.keySet());
    all.add("OPTIONS");
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return List.copyOf(all);
  }

  private static Optional<Place> find(Node node, List<String> path, int at, List<String> values) {
    if (at == path.size()) {
      return node.methods.isEmpty() ? Optional.empty() : Optional.of(new Place(node, values));
    }
    var segment = path.get(at);
    var literal = node.literals.get(segment);
    if (literal != null) {
      var found = find(literal, path, at + 1, values);
      if (found.isPresent()) {
        return found;
      }
    }
    if (node.parameter == null || segment.isEmpty()) {
      return Optional.empty();
    }
    var further = new ArrayList<>(values);
    further.add(segment);
    return find(node.parameter, path, at + 1, further);
  }

  private List<String> canonical(List<String> segments) {
    for (var alias : aliases.entrySet()) {
      var from = alias.getKey();
      if (segments.size() >= from.size() && segments.subList(0, from.size()).equals(from)) {
        var path = new ArrayList<>(alias.getValue());
        path.addAll(segments.subList(from.size(), segments.size()));
        return path;
      }
    }
    return segments;
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
