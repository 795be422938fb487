package dev.headway.server.webhook;

import dev.headway.core.error.Defect;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where announcements may go. A server that calls any address its users name can be made to call
 * what only it can reach (server-side request forgery), so private addresses are refused unless the
 * operator allows them.
 *
 * @param privateAllowed whether loopback, private and link-local addresses may be called
 */
public record CallbackPolicy(boolean privateAllowed) {
  /**
   * What is wrong with an address in itself; empty when it can be tried. Does not resolve names.
   */
  public Optional<Defect> defect(String url) {
    try {
      var uri = URI.create(url);
      var scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        return refused("callback_url (%s) must be an http or https address".formatted(url));
      }
      if (uri.getUserInfo() != null) {
        return refused("callback_url must not carry a user or password");
      }
      return literallyPrivate(uri.getHost())
          ? refused("callback_url (%s) names a private address".formatted(url))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return refused("callback_url (%s) is not an address".formatted(url));
    }
  }

  private static Optional<Defect> refused(String message) {
    return Optional.of(Defect.ofField("callback_url", message));
  }

  private boolean literallyPrivate(String host) {
    if (privateAllowed) {
      return false;
    }
    var literal = host.startsWith("[") || host.matches("[0-9.]+");
    return host.equalsIgnoreCase("localhost") || (literal && !allows(resolved(host)));
  }

  private static InetAddress[] resolved(String host) {
    try {
      return InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""));
    } catch (UnknownHostException _) {
      return new InetAddress[0];
    }
  }

  /** Whether a host may be called by now, judged by every address that its name leads to. */
  boolean allowsHost(String host) {
    return allows(resolved(host));
  }

  private boolean allows(InetAddress[] addresses) {
    return addresses.length > 0
        && (privateAllowed || Arrays.stream(addresses).noneMatch(CallbackPolicy::isPrivate));
  }

  /* RFC 1918, 3927, 4193, 6598 and the special blocks of RFC 6890. */
  static boolean isPrivate(InetAddress address) {
    var bytes = address.getAddress();
    var first = bytes[0] & 0xFF;
    var second = bytes[1] & 0xFF;
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (bytes.length == 16 && (first & 0xFE) == 0xFC)
        || (bytes.length == 4 && first == 100 && (second & 0xC0) == 64)
        || (bytes.length == 4 && (first == 0 || first >= 240));
  }
}
