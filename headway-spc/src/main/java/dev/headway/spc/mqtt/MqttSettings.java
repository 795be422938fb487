package dev.headway.spc.mqtt;

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
public record MqttSettings(URI broker, String topic, String client, Login login, Duration pause) {
  /** The topic when none is set. */
  public static final String TOPIC = "headway/characteristics/+/samples";

  /** The first pause when none is set. */
  public static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Who connects.
   *
   * @param user empty for nobody
   * @param password empty for none
   */
  public record Login(String user, String password) {
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

  /** The broker as the client library names it. */
  String address() {
    var secure = "mqtts".equals(broker.getScheme());
    var port = broker.getPort() >= 0 ? broker.getPort() : secure ? 8_883 : 1_883;
    return "%s://%s:%d".formatted(secure ? "ssl" : "tcp", broker.getHost(), port);
  }

  /** What stands for the id in a topic that fits. */
  String id(String published) {
    var place = topic.substring(0, topic.indexOf('+')).split("/", -1).length - 1;
    var levels = published.split("/", -1);
    return place < levels.length ? levels[place] : "";
  }
}
