package dev.headway.client.stream;

/** The watch of one listener. */
final class ListenerWatch implements Watch {
  /** A wrapper that makes two watches of one listener distinct. */
  private static final class Separate implements WatchListener {
    private final WatchListener listener;

    Separate(WatchListener listener) {
      this.listener = listener;
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
      listener.onSnapshot(snapshot);
    }

    @Override
    public void onEvent(Event event) {
      listener.onEvent(event);
    }

    @Override
    public void onRefused(Refusal refusal) {
      listener.onRefused(refusal);
    }

    @Override
    public void onConnection(ConnectionState state) {
      listener.onConnection(state);
    }
  }

  private final TopicStream stream;
  private final WatchListener listener;

  ListenerWatch(TopicStream stream, WatchListener listener) {
    this.stream = stream;
    this.listener = new Separate(listener);
  }

  @Override
  public void add(Interest interest) {
    stream.add(interest, listener);
  }

  @Override
  public void remove(Topic topic) {
    stream.remove(topic, listener);
  }

  @Override
  public void cancel(Topic topic) {
    stream.cancel(topic);
  }

  @Override
  public void close() {
    stream.removeAll(listener);
  }
}
