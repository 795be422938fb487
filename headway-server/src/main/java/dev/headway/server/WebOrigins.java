package dev.headway.server;

import dev.headway.core.setting.Words;
import java.net.URI;
import java.net.URISyntaxException;

/** Origins of web pages (RFC 6454): a scheme, a host and, unless it is the usual one, a port. */
final class WebOrigins extends Words {
  WebOrigins() {
    super("origins such as https://plant.example, separated by commas", WebOrigins::isOrigin);
  }

  private static boolean isOrigin(String text) {
    try {
      var uri = new URI(text);
      var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      var bare = String.valueOf(uri.getRawPath()).isEmpty() && uri.getRawQuery() == null;
      return web && bare && uri.getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
