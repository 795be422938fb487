package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A Mosquitto broker in a process of its own, and a machine that speaks to it. */
final class Mosquitto {
  private static final int PATIENCE_SECONDS = 20;

  private final Path configuration;
  private final int port;
  private @Nullable Process process;

  /** One that has not been started. */
  Mosquitto(Path directory) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    configuration = directory.resolve("mosquitto.conf");
    var lines = List.of("listener " + port + " 127.0.0.1", "allow_anonymous true", "user root");
    Files.write(configuration, lines);
  }

  URI address() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  Mosquitto start() throws IOException {
    process =
        new ProcessBuilder(program(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(this::answers);
    return this;
  }

  private static String program() {
    var folders = Stream.of(System.getenv("PATH").split(":", -1), new String[] {"/usr/sbin"});
    return folders
        .flatMap(Stream::of)
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Install the package mosquitto (scripts/tools.sh)"))
        .toString();
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  void stop() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** A machine that publishes and hears. */
  Machine machine() throws MqttException {
    return new Machine(
        new MqttClient(
            "tcp://127.0.0.1:" + port, MqttClient.generateClientId(), new MemoryPersistence()));
  }

  /** A client of the broker. */
  static final class Machine implements AutoCloseable {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final MqttClient client;

    private Machine(MqttClient client) throws MqttException {
      this.client = client;
      client.setTimeToWait(PATIENCE_SECONDS * 1_000L);
      var options = new MqttConnectOptions();
      options.setMaxInflight(1_000);
      client.connect(options);
    }

    /** Publishes; the broker has it once this returns. */
    Machine publish(long characteristic, String payload) throws MqttException {
      return publish(Long.toString(characteristic), payload, false);
    }

    Machine publish(String level, String payload, boolean retained) throws MqttException {
      var bytes = payload.getBytes(StandardCharsets.UTF_8);
      client.publish("headway/characteristics/" + level + "/samples", bytes, 1, retained);
      return this;
    }

    Machine publishUnder(String topic, byte[] payload) throws MqttException {
      client.publish(topic, payload, 1, false);
      return this;
    }

    Machine hear(String topics) throws MqttException {
      client.subscribe(topics, 1, (topic, message) -> heard.add(topic + " " + message));
      return this;
    }

    String next() throws InterruptedException {
      var message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return String.valueOf(message);
    }

    @Override
    public void close() throws MqttException {
      client.disconnectForcibly(100, 100);
      client.close();
    }
  }
}
