package dev.headway.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The address of a Redis or Valkey server, of several servers of a cluster, or of the Sentinels
 * that know which server it is.
 *
 * @param servers where to connect first: one, or some of a cluster's
 * @param database keeps installations on one server apart; a cluster has but the first, so it is in
 *     the names of the channels only
 */
public record RedisAddress(List<RedisURI> servers, int database) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String HOST = "(?:[^:/@,\\[\\]]+|\\[[^\\]]+\\])(?::[0-9]{1,5})?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>rediss?(?<sentinel>-sentinel)?)://(?<login>[^/]*@)?(?<hosts>%s(?:,%s)*)(?<rest>[/?#].*)?"
              .formatted(HOST, HOST));
  private static final String FORMS =
      "The bus must look like redis://user:password@host:6379/0, rediss:// for TLS, redis://host1:6379,host2:6379 for a cluster, or redis-sentinel://host1:26379,host2:26379/0#master; special characters of a password must be percent-encoded";

  /** Takes a copy. */
  public RedisAddress {
    servers = List.copyOf(servers);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none, without what it says: it may hold a password
   */
  public static RedisAddress parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(FORMS);
    }
    try {
      var texts = form.group("sentinel") == null ? eachServer(form) : Stream.of(text);
      var servers = texts.map(RedisAddress::server).toList();
      var database = servers.getFirst().getDatabase();
      servers.forEach(server -> server.setDatabase(0));
      return new RedisAddress(servers, database);
    } catch (IllegalArgumentException _) { // the cause would quote the address with its password
      throw new IllegalArgumentException(FORMS);
    }
  }

  private static Stream<String> eachServer(Matcher form) {
    var login = Objects.requireNonNullElse(form.group("login"), "");
    var rest = Objects.requireNonNullElse(form.group("rest"), "");
    return Stream.of(form.group("hosts").split(",", -1))
        .map(host -> form.group("scheme") + "://" + login + host + rest);
  }

  private static RedisURI server(String text) {
    var uri = RedisURI.create(text);
    var sentinels = uri.getSentinels();
    if (!sentinels.isEmpty() && uri.getSentinelMasterId() == null) {
      throw new IllegalArgumentException(FORMS);
    }
    uri.setTimeout(PATIENCE);
    sentinels.forEach(sentinel -> sentinel.setTimeout(PATIENCE));
    return uri;
  }

  /** Whether Sentinels are asked for the server. */
  boolean sentinel() {
    return !servers.getFirst().getSentinels().isEmpty();
  }

  /** Its hosts and ports, without secrets. */
  @Override
  public String toString() {
    var hosts = sentinel() ? servers.getFirst().getSentinels() : servers;
    var names = hosts.stream().map(uri -> uri.getHost() + ":" + uri.getPort()).toList();
    var kind = sentinel() ? "Sentinel " : "";
    return "Redis " + kind + String.join(",", names) + "/" + database;
  }
}
