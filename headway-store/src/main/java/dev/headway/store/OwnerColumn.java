package dev.headway.store;

import dev.headway.core.account.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The column of a table that says whose a row is: a user's id, or 0 for nobody's. */
public final class OwnerColumn {
  /** The owner of what has none. */
  public static final long NOBODY = 0;

  private OwnerColumn() {}

  /** The owners whose rows somebody may see. */
  public static List<Long> values(Visibility visibility) {
    var owners = new ArrayList<Long>();
    if (visibility.owner() != null) {
      owners.add(visibility.owner());
    }
    if (visibility.anonymous()) {
      owners.add(NOBODY);
    }
    return owners;
  }

  /** The condition that lets through what somebody may see. */
  public static String condition(String column, Visibility visibility) {
    var owners = values(visibility).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "%s IN (%s)".formatted(column, owners.isEmpty() ? "NULL" : owners);
  }
}
