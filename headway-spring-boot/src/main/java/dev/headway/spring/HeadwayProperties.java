package dev.headway.spring;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code headway.*}. The variables {@code HEADWAY_URL} and {@code HEADWAY_TOKEN} set
 * them, too.
 *
 * @param url the server's address without a path
 * @param token a token or an API key; null for a server that takes anonymous jobs
 * @param tags tags of all jobs, for example the application's name
 * @param enabled whether methods are shown as jobs
 */
@ConfigurationProperties("headway")
public record HeadwayProperties(
    @DefaultValue("http://localhost:8000") URI url,
    @Nullable String token,
    @DefaultValue List<String> tags,
    @DefaultValue("true") boolean enabled) {
  /** Takes a copy of the tags. */
  public HeadwayProperties {
    tags = List.copyOf(tags);
  }

  /** The settings without the token. */
  @Override
  public String toString() {
    return "HeadwayProperties[url=%s, tags=%s, enabled=%s]".formatted(url, tags, enabled);
  }
}
