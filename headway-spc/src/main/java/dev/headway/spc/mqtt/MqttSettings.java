package dev.headway.spc.mqtt;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingType;
import dev.headway.core.setting.SettingTypes;
import java.net.URI;
import java.time.Duration;

/**
 * From where samples are taken by MQTT.
 *
 * @param broker {@code mqtt://host:1883}, or {@code mqtts://host:8883} over TLS
 * @param topic under which machines publish; one of its levels is {@code +} and stands for the id
 *     of the characteristic
 * @param client the name under which the broker keeps what is published while the server is away;
 *     unique among the broker's clients
 * @param login as whom
 * @param pause before it is tried again after a failure; doubles up to a minute
 */
public record MqttSettings(
    @Setting(
            name = "spc.mqtt.broker",
            type = Broker.class,
            text = "The MQTT broker from which samples are taken. When empty, none are.")
        URI broker,
    @Setting(
            name = "spc.mqtt.topic",
            preset = TOPIC,
            type = TopicFilter.class,
            text =
                "Under which topics samples are published: the level + is the id of the"
                    + " characteristic.")
        String topic,
    @Setting(
            name = "spc.mqtt.client",
            type = SettingTypes.Name.class,
            text =
                "The name under which the broker keeps samples while the server is away; unique"
                    + " among its clients. When empty, headway- and the server's name.")
        String client,
    Login login,
    @Setting(
            name = "spc.mqtt.pause-seconds",
            preset = "1",
            min = 1,
            max = 60,
            text = "The pause before it is tried again after a failure; doubles up to a minute.")
        Duration pause) {
  /** The topic when none is set. */
  public static final String TOPIC = "headway/characteristics/+/samples";

  /**
   * The user who connects.
   *
   * @param user empty for nobody
   * @param password empty for none
   */
  public record Login(
      @Setting(name = "spc.mqtt.user", text = "As whom to connect to the broker.") String user,
      @Setting(name = "spc.mqtt.password", secret = true, text = "With which password.")
          String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /** Refuses what cannot be connected to, saying what is wrong. */
  public MqttSettings {
    requireBroker(broker);
    requireTopic(topic);
  }

  /**
   * Checks a broker's address.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static URI requireBroker(URI broker) {
    var scheme = broker.getScheme();
    var known = "mqtt".equals(scheme) || "mqtts".equals(scheme);
    var bare = broker.getRawUserInfo() == null && broker.getRawQuery() == null;
    if (!known || broker.getHost() == null || !bare || !broker.getRawPath().isEmpty()) {
      throw new IllegalArgumentException("not of the form mqtt://host:1883 or mqtts://host:8883");
    }
    return broker;
  }

  /**
   * Checks a topic.
   *
   * @throws IllegalArgumentException when it has not exactly one level {@code +}, or a {@code #}
   */
  public static String requireTopic(String topic) {
    var places = topic.chars().filter(character -> character == '+').count();
    var level = ("/" + topic + "/").contains("/+/");
    if (places != 1 || !level || topic.indexOf('#') >= 0) {
      throw new IllegalArgumentException("one level must be +, for the id, and none may be #");
    }
    return topic;
  }

  /** The same on a server of this name: the name of the client follows from it if none is set. */
  public MqttSettings on(String node) {
    var name = client.isEmpty() ? "headway-" + node : client;
    return new MqttSettings(broker, topic, name, login, pause);
  }

  /** Addresses of brokers. */
  static final class Broker implements SettingType<URI> {
    @Override
    public String description() {
      return "mqtt://host:1883 or mqtts://host:8883";
    }

    @Override
    public URI read(String text) {
      try {
        return requireBroker(URI.create(text));
      } catch (IllegalArgumentException _) {
        throw refused(text);
      }
    }
  }

  /** Topics with a level for the id. */
  static final class TopicFilter implements SettingType<String> {
    @Override
    public String description() {
      return "a topic with one level +";
    }

    @Override
    public String read(String text) {
      try {
        return requireTopic(text);
      } catch (IllegalArgumentException _) {
        throw refused(text);
      }
    }
  }

  /** The broker as the client library names it. */
  String address() {
    var secure = "mqtts".equals(broker.getScheme());
    var port = broker.getPort() >= 0 ? broker.getPort() : secure ? 8_883 : 1_883;
    return "%s://%s:%d".formatted(secure ? "ssl" : "tcp", broker.getHost(), port);
  }

  /** The level of a fitting topic that stands for the id. */
  String id(String published) {
    var place = topic.substring(0, topic.indexOf('+')).split("/", -1).length - 1;
    var levels = published.split("/", -1);
    return place < levels.length ? levels[place] : "";
  }
}
