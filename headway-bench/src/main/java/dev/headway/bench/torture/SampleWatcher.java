package dev.headway.bench.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The socket of process control: one connection for the characteristics of all present rounds. */
final class SampleWatcher extends TortureWatcher {
  private final Verdicts verdicts;
  private final Set<String> characteristics;
  private final Map<String, ChartView> views = new ConcurrentHashMap<>();

  /**
   * @param characteristics the numbers of those to be watched; changes from round to round
   */
  SampleWatcher(String name, Api api, Verdicts verdicts, Set<String> characteristics) {
    super(name, api);
    this.verdicts = verdicts;
    this.characteristics = characteristics;
  }

  /** The view of a characteristic, from its first frame on. */
  ChartView view(String characteristic) {
    return views.computeIfAbsent(characteristic, id -> new ChartView(name, id, verdicts));
  }

  void forget(String characteristic) {
    views.remove(characteristic);
  }

  @Override
  public void run() {
    try {
      while (true) {
        connect("/ws/samples", "", this::show, this::watch);
        pause();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(FrameSocket socket) throws InterruptedException {
    var end = System.nanoTime() + lifeMillis() * 1_000_000;
    var watched = new HashSet<String>();
    while (System.nanoTime() < end && !socket.over()) {
      var more = characteristics.stream().filter(watched::add).toList();
      if (!more.isEmpty()) {
        socket.send(subscription(more));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private Map<String, Object> subscription(List<String> ids) {
    var since = new HashMap<String, String>();
    var numbers = new ArrayList<Long>();
    for (var id : ids) {
      numbers.add(Long.valueOf(id));
      var cursor = view(id).cursor();
      if (cursor != null) {
        since.put(id, cursor);
      }
    }
    return Map.of("type", "subscribe", "characteristic_ids", numbers, "since", since);
  }

  private void show(JsonNode frame) {
    var characteristic = frame.at("/payload/characteristic_id").asString("");
    if (characteristics.contains(characteristic)) {
      view(characteristic).show(frame);
    }
  }
}
