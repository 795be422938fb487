package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.engine.NodesModel.Node;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Milestone;
import dev.headway.core.topic.Conflation;
import dev.headway.core.topic.Conflation.Kept;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A watcher that goes from node to node and judges what it is shown: no milestone and no line is
 * missing or comes twice, percentages rise within an attempt, nothing follows the end, and whoever
 * has a cursor can go on from it. Used by one thread.
 */
final class ModelWatcher {
  /** The ways to watch. */
  enum Kind {
    /** Asks from time to time. */
    POLL(false, true),
    /** Asks likewise, for lines, too. */
    POLL_WITH_LINES(true, true),
    /** Is connected. */
    STREAM(false, true),
    /** Is connected, and is shown lines. */
    STREAM_WITH_LINES(true, true),
    /** Is connected, without a cursor: each connection begins with the present state. */
    CHANNEL(false, false);

    final boolean lines;
    final boolean cursors;

    Kind(boolean lines, boolean cursors) {
      this.lines = lines;
      this.cursors = cursors;
    }

    boolean connects() {
      return this != POLL && this != POLL_WITH_LINES;
    }
  }

  /** A connection to a node. */
  private static final class Connection implements Topic.Listener {
    final Node node;
    final Topic topic;
    long offset;

    Connection(Node node, Topic topic) {
      this.node = node;
      this.topic = topic;
      topic.listen(this);
    }

    @Override
    public void appended() {}

    @Override
    public void removed() {}
  }

  private final Kind kind;
  private final UUID job;
  private final Random random;
  private final Map<Integer, Double> reached = new HashMap<>();
  private final Map<Long, Milestone> milestones = new HashMap<>();
  private final List<String> story = new ArrayList<>();
  private @Nullable Cursor cursor;
  private @Nullable Connection connection;
  private long milestone = -1;
  private long line;
  private boolean ended;
  private boolean visiting;

  ModelWatcher(Kind kind, UUID job, Random random) {
    this.kind = kind;
    this.job = job;
    this.random = random;
  }

  /** Looks at a node: asks it, or leaves the present one and connects. */
  void visit(Node node) {
    if (ended || visiting) {
      return;
    }
    leave();
    visiting = true;
    try {
      var topic = node.jobs.topic(job);
      if (kind.connects()) {
        connect(node, topic);
      } else {
        ask(node, topic);
      }
    } finally {
      visiting = false;
    }
  }

  private void ask(Node node, Topic topic) {
    switch (topic.since(cursor, kind.lines, 1 + random.nextInt(6))) {
      case Topic.Since.State(var snapshot) -> begin(node, snapshot);
      case Topic.Since.Events(_, var events, var last) -> {
        events.forEach(kept -> show(node, kept, true));
        assertThat(!last || ended).as(this::toString).isTrue();
      }
    }
  }

  private void connect(Node node, Topic topic) {
    switch (topic.start(kind.cursors ? cursor : null, kind.lines)) {
      case Topic.Start.Fresh(var snapshot) -> {
        connection = new Connection(node, topic);
        connection.offset = snapshot.cursor().offset();
        begin(node, snapshot);
      }
      case Topic.Start.Resumed(_, var missing, var offset) -> {
        connection = new Connection(node, topic);
        connection.offset = offset;
        missing.forEach(event -> show(node, new Kept(event, 0), kind.lines));
      }
    }
  }

  /** Reads what its connection has for it, if it is connected. */
  void look() {
    var open = connection;
    if (open == null || ended || visiting) {
      return;
    }
    if (!open.topic.covers(open.offset, kind.lines)) {
      leave(); // it fell behind, and resumes
      return;
    }
    var events = open.topic.after(open.offset, 1 + random.nextInt(8));
    if (events.isEmpty()) {
      return;
    }
    var kept =
        random.nextBoolean()
            ? Conflation.of(open.offset, events)
            : Conflation.none(open.offset, events);
    open.offset = events.getLast().offset();
    kept.forEach(each -> show(open.node, each, kind.lines));
  }

  /** Loses its connection to a node. */
  void left(Node node) {
    if (connection != null && connection.node == node) {
      leave();
    }
  }

  private void leave() {
    if (connection != null) {
      connection.topic.unlisten(connection, NodesModel.SINCE_LONG);
      connection = null;
    }
  }

  private void begin(Node node, Snapshot snapshot) {
    story.add("node %d: state %s".formatted(node.number, snapshot));
    assertThat(cursor == null || !kind.cursors).as("recovered: %s", this).isTrue();
    var position = snapshot.cursor().position();
    assertThat(position.milestone()).as(this::toString).isGreaterThanOrEqualTo(milestone);
    cursor = snapshot.cursor();
    milestone = position.milestone();
    line = position.line();
    show((Job) snapshot.state());
    ended |= snapshot.state().ended();
  }

  private void show(Node node, Kept kept, boolean lines) {
    var event = kept.event();
    var body = (JobEvent) event.body();
    if (body instanceof JobEvent.Logged && !lines) {
      return; // it has no frame for this watcher
    }
    story.add("node %d: %s".formatted(node.number, event));
    assertThat(ended).as("after the end: %s", this).isFalse();
    var next = event.cursor().position();
    var progress = body instanceof JobEvent.Progressed || body instanceof JobEvent.Logged;
    assertThat(next.milestone())
        .as("milestones: %s", this)
        .isEqualTo(progress ? milestone : milestone + 1);
    if (kind.lines) {
      assertThat(next.line())
          .as("lines: %s", this)
          .isEqualTo(body instanceof JobEvent.Logged ? line + 1 : line);
      line = next.line();
    }
    if (!progress) {
      milestones.put(next.milestone(), new Milestone(body, event.at()));
    }
    milestone = next.milestone();
    cursor = event.cursor();
    if (!(body instanceof JobEvent.Logged)) {
      show(body.job());
    }
    ended |= body.ended();
  }

  private void show(Job state) {
    var percent = Objects.requireNonNullElse(state.progress().percent(), 0.0);
    assertThat(percent)
        .as("percent of attempt %d: %s", state.attempt(), this)
        .isGreaterThanOrEqualTo(reached.getOrDefault(state.attempt(), 0.0));
    reached.put(state.attempt(), percent);
  }

  /** Goes on until there is no more, where it is, or at a node. */
  void finish(Node node) {
    for (var turn = 0; turn < 1_000 && !ended; turn++) {
      if (connection == null) {
        visit(node);
      }
      look();
    }
    assertThat(ended).as("the end: %s", this).isTrue();
  }

  /** Compares what it was shown with what is stored. */
  void compare(List<Milestone> stored) {
    milestones.forEach((number, shown) ->
        assertThat(stored.get((int) (number - 1)))
            .as("milestone %d: %s", number, this)
            .isEqualTo(shown));
  }

  @Override
  public String toString() {
    return kind + "\n" + String.join("\n", story) + "\n";
  }
}
