package dev.headway.core.memory;

import dev.headway.core.port.Announcements;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Announcements in memory, gone with the process. Safe for use by any thread. */
final class PendingAnnouncements implements Announcements {
  private record Pending(Announcement next, Instant due) {}

  private final Map<String, Pending> pending = new HashMap<>();
  private final Set<String> added = new HashSet<>();

  /** Adds an announcement, unless one of its name was added before. */
  synchronized void add(Announcement announcement, Instant due) {
    if (added.add(announcement.id())) {
      pending.put(announcement.id(), new Pending(announcement, due));
    }
  }

  /** Removes announcements, whose names may then be used again. */
  synchronized void remove(Predicate<String> ids) {
    added.removeIf(ids);
    pending.keySet().removeIf(ids);
  }

  @Override
  public synchronized List<Announcement> callbacksDue(
      Instant now, int limit, Set<String> exceptHosts) {
    return pending.values().stream()
        .filter(each -> !each.due().isAfter(now))
        .sorted(Comparator.comparing(Pending::due))
        .map(Pending::next)
        .filter(due -> exceptHosts.stream().noneMatch(host -> isAt(host, due.url())))
        .limit(limit)
        .toList();
  }

  private static boolean isAt(String host, String url) {
    return url.equals(host) || url.startsWith(host + "/") || url.startsWith(host + "?");
  }

  @Override
  public synchronized boolean claimCallback(Announcement due, Instant now, Instant until) {
    var stored = pending.get(due.id());
    if (stored == null || !stored.next().equals(due) || stored.due().isAfter(now)) {
      return false;
    }
    pending.put(due.id(), new Pending(claimed(due), until));
    return true;
  }

  private static Announcement claimed(Announcement due) {
    return new Announcement(due.id(), due.job(), due.occasion(), due.url(), due.attempts() + 1);
  }

  @Override
  public synchronized void callbackTried(Announcement claimed, @Nullable Instant next) {
    pending.computeIfPresent(
        claimed.id(),
        (_, stored) -> {
          if (!stored.next().equals(claimed(claimed))) {
            return stored;
          }
          return next == null ? null : new Pending(stored.next(), next);
        });
  }
}
