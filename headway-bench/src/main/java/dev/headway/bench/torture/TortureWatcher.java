package dev.headway.bench.torture;

import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A watcher over one of the contracts, whose connections are short: each leads to another server,
 * and goes on from where the one before was cut off. Thread-safe.
 */
abstract class TortureWatcher implements Runnable {
  private static final int LIFE_MILLIS = 4_000;

  protected final String name;
  protected final Api api;
  protected final Random random;

  TortureWatcher(String name, Api api) {
    this.name = name;
    this.api = api;
    this.random = new Random(name.hashCode());
  }

  /** How a connection is used until it is cut off. */
  @FunctionalInterface
  interface Watching {
    /** Returns when it is to be cut off. */
    void over(FrameSocket socket) throws InterruptedException;
  }

  /** Uses one connection to any server; nothing happens where there is none to be had. */
  protected void connect(
      String path, String subprotocol, Consumer<JsonNode> reader, Watching watching)
      throws InterruptedException {
    try (var socket = FrameSocket.open(api.http, api.socket(path), subprotocol, reader)) {
      watching.over(socket);
    } catch (ExecutionException | TimeoutException | CompletionException _) {
      // killed, stopped or cut off, as it should be
    }
  }

  /** How long the next connection lasts. */
  protected long lifeMillis() {
    return 300L + random.nextInt(LIFE_MILLIS);
  }

  protected void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50L + random.nextInt(300));
  }

  @Override
  public String toString() {
    return name;
  }
}
