package dev.headway.filling.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An activity of a line: a clean, a changeover or a fill. */
public sealed interface Activity {
  /** The kinds of activity, as exports and clients name them. */
  enum Kind {
    CLEAN,
    CHANGEOVER,
    FILL
  }

  /** The number of the line. */
  int line();

  /** When. */
  Span span();

  /** Its kind. */
  Kind kind();

  /** The lot that it prepares or fills; null for a clean. */
  @Nullable Lot lot();

  /** A short explanation for people. */
  String note();

  /**
   * The clean that opens a block.
   *
   * @param block which of the line's blocks, counted from 1
   */
  record Clean(int line, Span span, int block) implements Activity {
    @Override
    public Kind kind() {
      return Kind.CLEAN;
    }

    @Override
    public @Nullable Lot lot() {
      return null;
    }

    @Override
    public String note() {
      return "Clean before block " + block;
    }
  }

  /**
   * The preparation for the next lot of a block.
   *
   * @param fromType type of the lot before
   * @param to the lot to come
   */
  record Changeover(int line, Span span, String fromType, Lot to) implements Activity {
    @Override
    public Kind kind() {
      return Kind.CHANGEOVER;
    }

    @Override
    public Lot lot() {
      return to;
    }

    @Override
    public String note() {
      return fromType.equals(to.type()) ? "Same type" : fromType + " to " + to.type();
    }
  }

  /**
   * The filling of a lot.
   *
   * @param lot the lot
   */
  record Fill(int line, Span span, Lot lot) implements Activity {
    @Override
    public Kind kind() {
      return Kind.FILL;
    }

    @Override
    public String note() {
      return String.format(Locale.ROOT, "%,d vials", lot.vials());
    }
  }
}
