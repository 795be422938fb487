package dev.headway.core.bus;

import dev.headway.core.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message between nodes, as lines of text: a head with the form's version, the sender, the
 * partition and whether to read again, then a line for each ring. Without any it is a heartbeat.
 *
 * @param sender one life of one node
 * @param partition on which it was sent
 * @param reread whether rings of the sender may have been lost before it
 * @param rings of topics of this partition
 */
record Message(String sender, int partition, boolean reread, List<Ring> rings) {
  private static final String FORM = "headway1";
  private static final Pattern HEAD = Pattern.compile(FORM + " ([^ ]+) ([0-9]{1,4}) (ring|reread)");
  private static final Pattern RING =
      Pattern.compile("([a-z]+:[A-Za-z0-9-]+) ([0-9]{1,18})(?: ([A-Za-z0-9+/=]+))?");

  /** Takes a copy. */
  Message {
    rings = List.copyOf(rings);
  }

  /** Reads a message; empty when it is none, or of a form that this version does not know. */
  static Optional<Message> parse(String text) {
    var lines = text.lines().toList();
    var head = HEAD.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!head.matches()) {
      return Optional.empty();
    }
    var rings = lines.stream().skip(1).flatMap(line -> ring(line).stream()).toList();
    var reread = head.group(3).equals("reread");
    return Optional.of(new Message(head.group(1), Integer.parseInt(head.group(2)), reread, rings));
  }

  private static Optional<Ring> ring(String line) {
    var ring = RING.matcher(line);
    if (!ring.matches()) {
      return Optional.empty();
    }
    var body = ring.group(3) == null ? "" : ring.group(3);
    return TopicName.parse(ring.group(1))
        .map(topic -> new Ring(topic, Long.parseLong(ring.group(2)), body));
  }

  /**
   * Its text, in as many pieces as it takes; a body that is too long for a piece of its own is left
   * out.
   *
   * @param longest bytes of a piece
   */
  List<String> texts(int longest) {
    var head = "%s %s %d %s".formatted(FORM, sender, partition, reread ? "reread" : "ring");
    var texts = new ArrayList<String>();
    var text = new StringBuilder(head);
    for (var ring : rings) {
      var line = line(ring, longest - head.length());
      if (text.length() + line.length() > longest) {
        texts.add(text.toString());
        text = new StringBuilder(head);
      }
      text.append(line);
    }
    texts.add(text.toString());
    return texts;
  }

  private static String line(Ring ring, int longest) {
    var line = "\n%s %d".formatted(ring.topic(), ring.number());
    var whole = ring.body().isEmpty() ? line : line + " " + ring.body();
    return whole.length() <= longest ? whole : line;
  }
}
