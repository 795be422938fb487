package dev.headway.spc.mqtt;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the broker: made, and made again whenever it is lost. The session outlives it,
 * so that the broker keeps what is published meanwhile (MQTT 3.1.1, section 3.1.2.4). Safe for use
 * by any thread.
 */
final class BrokerLink {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
  private static final int AT_LEAST_ONCE = 1;
  private static final int TIMEOUT_SECONDS = 10;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int ANSWERS_UNDER_WAY = 1_000;

  private final MqttSettings settings;
  private final BlockingQueue<Delivery> queue;
  private final CountDownLatch closed;
  private final Semaphore news = new Semaphore(0);
  private final Thread keeping =
      Thread.ofPlatform().daemon().name("mqtt-link").unstarted(this::keep);
  private volatile @Nullable Connection present;
  private volatile Set<String> topics;

  /**
   * @param queue gets what is delivered
   * @param closed whether it is over
   */
  BrokerLink(MqttSettings settings, BlockingQueue<Delivery> queue, CountDownLatch closed) {
    this.settings = settings;
    this.queue = queue;
    this.closed = closed;
    this.topics = Set.of(settings.topic());
  }

  /** Takes what is published under other topics from now on, beside the settings' own. */
  void follow(Set<String> others) {
    var before = topics;
    var all = new TreeSet<>(others);
    all.add(settings.topic());
    topics = Set.copyOf(all);
    var connection = present;
    if (connection != null && !before.equals(topics)) {
      connection.follow(before, topics);
    }
  }

  void start() {
    keeping.start();
  }

  /** Whether there is a connection now. */
  boolean connected() {
    var connection = present;
    return connection != null && connection.open;
  }

  /** Publishes, if there is a connection; does not wait. */
  void publish(String topic, byte[] payload) {
    var connection = present;
    try {
      if (connection != null) {
        connection.client.publish(topic, payload, AT_LEAST_ONCE, false);
      }
    } catch (MqttException failed) {
      LOG.warn("Nothing could be published under {}: {}", topic, failed.getMessage());
    }
  }

  private void keep() {
    var retry = new RetryPause(settings.pause(), closed);
    try {
      do {
        hold(retry);
      } while (retry.pause());
    } catch (InterruptedException _) {
      LOG.debug("The broker is left");
    }
  }

  /** Connects and stays until the connection is lost. */
  private void hold(RetryPause retry) throws InterruptedException {
    news.drainPermits();
    try (var connection = new Connection()) {
      connection.open();
      present = connection;
      retry.reset();
      LOG.info("Samples are taken from {} under {}", settings.address(), settings.topic());
      while (connection.open && closed.getCount() > 0) {
        news.acquire();
      }
    } catch (MqttException failed) {
      LOG.warn(
          "The broker {} cannot be reached ({}); it is tried again",
          settings.address(),
          failed.getMessage());
    } finally {
      present = null;
    }
  }

  /** Leaves; what is not acknowledged stays with the broker. */
  void close() {
    news.release();
    try {
      keeping.join(2L * TIMEOUT_SECONDS * 1_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Connection implements MqttCallback, AutoCloseable {
    private final MqttAsyncClient client;
    private volatile boolean open;

    Connection() throws MqttException {
      client = new MqttAsyncClient(settings.address(), settings.client(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(this);
    }

    void open() throws MqttException {
      open = true;
      client.connect(options()).waitForCompletion(TIMEOUT_SECONDS * 1_000L);
      for (var topic : topics) {
        client.subscribe(topic, AT_LEAST_ONCE).waitForCompletion(TIMEOUT_SECONDS * 1_000L);
      }
    }

    void follow(Set<String> before, Set<String> now) {
      try {
        for (var topic : now) {
          if (!before.contains(topic)) {
            client.subscribe(topic, AT_LEAST_ONCE).waitForCompletion(TIMEOUT_SECONDS * 1_000L);
          }
        }
        for (var topic : before) {
          if (!now.contains(topic)) {
            client.unsubscribe(topic).waitForCompletion(TIMEOUT_SECONDS * 1_000L);
          }
        }
      } catch (MqttException failed) {
        LOG.warn(
            "The topics could not be changed ({}); the connection is made again",
            failed.getMessage());
        open = false;
        news.release();
      }
    }

    private MqttConnectOptions options() {
      var options = new MqttConnectOptions();
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      options.setCleanSession(false);
      options.setAutomaticReconnect(false);
      options.setConnectionTimeout(TIMEOUT_SECONDS);
      options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
      options.setMaxInflight(ANSWERS_UNDER_WAY);
      var login = settings.login();
      if (!login.user().isEmpty()) {
        options.setUserName(login.user());
        options.setPassword(login.password().toCharArray());
      }
      return options;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
      var origin = new BrokerOrigin(this, message.getId(), message.getQos());
      queue.put(
          new Delivery(
              topic, message.getPayload(), message.isDuplicate(), message.isRetained(), origin));
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
      open = false;
      LOG.warn(
          "The connection to {} is lost ({}); it is made again",
          settings.address(),
          cause == null ? "closed" : cause.getMessage());
      news.release();
    }

    @Override
    public void deliveryComplete(@Nullable IMqttDeliveryToken token) {}

    @Override
    public void close() throws MqttException {
      open = false;
      if (client.isConnected()) {
        client.disconnectForcibly(500, 1_000);
      }
      client.close(true);
    }
  }

  private record BrokerOrigin(Connection connection, int id, int quality)
      implements Delivery.Origin {
    @Override
    public boolean open() {
      return quality < AT_LEAST_ONCE || connection.open;
    }

    @Override
    public void acknowledge() {
      try {
        if (connection.open) {
          connection.client.messageArrivedComplete(id, quality);
        }
      } catch (MqttException gone) {
        LOG.debug("A message could not be acknowledged; it comes again", gone);
      }
    }
  }
}
