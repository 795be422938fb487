package dev.headway.server.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values by path templates such as {@code /jobs/{id}}. Literal segments go before parameters
 * (OpenAPI 3.1, section 4.8.8.2). Thread-safe once built.
 *
 * @param <T> the values
 */
public final class PathTree<T> {
  private final Node<T> root = new Node<>();

  /**
   * The value of a path.
   *
   * @param parameters the path's parameters in order
   * @param <T> the values
   */
  public record Match<T>(T value, List<String> parameters) {}

  private static final class Node<T> {
    private final Map<String, Node<T>> literals = new HashMap<>();
    private @Nullable Node<T> parameter;
    private @Nullable T value;

    Node<T> child(String segment) {
      if (!isParameter(segment)) {
        return literals.computeIfAbsent(segment, _ -> new Node<>());
      }
      var next = parameter == null ? new Node<T>() : parameter;
      parameter = next;
      return next;
    }
  }

  /** The segments of a path or template, which begins with a slash; none of {@code /}. */
  public static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  /** The names of a template's parameters in order. */
  public static List<String> parameters(List<String> template) {
    return template.stream()
        .filter(PathTree::isParameter)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }

  /** The values of parameters by their names. */
  public static Map<String, String> named(List<String> names, List<String> values) {
    var named = HashMap.<String, String>newHashMap(names.size());
    for (var at = 0; at < names.size(); at++) {
      named.put(names.get(at), values.get(at));
    }
    return named;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /**
   * Puts a value at a template.
   *
   * @param joined makes one of the value that is there and the new one
   */
  public void put(List<String> template, T value, BinaryOperator<T> joined) {
    var node = root;
    for (var segment : template) {
      node = node.child(segment);
    }
    node.value = node.value == null ? value : joined.apply(node.value, value);
  }

  /** The value of a path; null for none. */
  public @Nullable Match<T> find(List<String> path) {
    return find(root, path, 0, List.of());
  }

  private static <T> @Nullable Match<T> find(
      Node<T> node, List<String> path, int at, List<String> parameters) {
    if (at == path.size()) {
      return node.value == null ? null : new Match<>(node.value, parameters);
    }
    var segment = path.get(at);
    var literal = node.literals.get(segment);
    if (literal != null) {
      var found = find(literal, path, at + 1, parameters);
      if (found != null) {
        return found;
      }
    }
    if (node.parameter == null) {
      return null;
    }
    var further = new ArrayList<>(parameters);
    further.add(segment);
    return find(node.parameter, path, at + 1, further);
  }
}
