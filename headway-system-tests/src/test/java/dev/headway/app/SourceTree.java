package dev.headway.app;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The types and methods of the Java sources, as the compiler's parser reads them. */
final class SourceTree {
  /** A kind of declaration. */
  enum Kind {
    TYPE,
    NESTED_TYPE,
    METHOD,
    CONSTRUCTOR
  }

  /**
   * A type or method.
   *
   * @param file its path in the repository
   * @param line the line of its beginning, from 1
   * @param lines its length without its doc comment
   * @param parameters their number; 0 for a type and for a record's components
   * @param summary the first sentence of its doc comment; empty for none
   */
  record Declaration(
      Path file, Kind kind, String name, long line, long lines, int parameters, String summary) {
    String module() {
      return file.getName(0).toString();
    }

    boolean isMain() {
      return file.startsWith(Path.of(module(), "src", "main"));
    }

    @Override
    public String toString() {
      return "%s:%d %s".formatted(file, line, name);
    }
  }

  private static final Path ROOT = Path.of("..");

  private SourceTree() {}

  /** All Java files of all modules. */
  static List<Path> files() throws IOException {
    try (var modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(SourceTree::below)
          .toList();
    }
  }

  private static Stream<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All declarations of all modules, but for anonymous types. */
  static List<Declaration> declarations() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var sources = manager.getJavaFileObjectsFromPaths(files());
      var task =
          (JavacTask)
              compiler.getTask(null, manager, null, List.of("-proc:none"), List.of(), sources);
      var found = new ArrayList<Declaration>();
      for (var unit : task.parse()) {
        new Reader(DocTrees.instance(task), unit, found).scan(unit, null);
      }
      return found;
    }
  }

  private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final CompilationUnitTree unit;
    private final List<Declaration> found;
    private final Deque<Tree.Kind> around = new ArrayDeque<>();

    Reader(DocTrees trees, CompilationUnitTree unit, List<Declaration> found) {
      this.trees = trees;
      this.unit = unit;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      if (!type.getSimpleName().isEmpty()) {
        add(type, around.isEmpty() ? Kind.TYPE : Kind.NESTED_TYPE, type.getSimpleName(), 0);
      }
      around.push(type.getKind());
      super.visitClass(type, null);
      around.pop();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      var constructor = method.getReturnType() == null;
      var components = constructor && around.peek() == Tree.Kind.RECORD;
      var parameters = components ? 0 : method.getParameters().size();
      add(method, constructor ? Kind.CONSTRUCTOR : Kind.METHOD, method.getName(), parameters);
      return super.visitMethod(method, null);
    }

    private void add(Tree tree, Kind kind, CharSequence name, int parameters) {
      var positions = trees.getSourcePositions();
      var lines = unit.getLineMap();
      var first = lines.getLineNumber(positions.getStartPosition(unit, tree));
      var last = lines.getLineNumber(positions.getEndPosition(unit, tree));
      var comment = trees.getDocCommentTree(getCurrentPath());
      var summary = comment == null ? "" : comment.getFirstSentence().toString();
      var file = ROOT.relativize(Path.of(unit.getSourceFile().getName()));
      found.add(
          new Declaration(
              file, kind, name.toString(), first, last - first + 1, parameters, summary));
    }
  }
}
