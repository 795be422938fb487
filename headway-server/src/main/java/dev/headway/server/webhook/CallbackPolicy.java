package dev.headway.server.webhook;

import dev.headway.core.error.Defect;
import dev.headway.server.mail.Mailer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the addresses that may be called when a job ends. A server that calls any address
 * its users name can be made to call what only it can reach (server-side request forgery), so
 * private addresses are refused unless the operator allows them.
 *
 * @param privateAllowed whether loopback, private and link-local addresses may be called
 * @param mailer sends e-mails; null when none are sent
 */
public record CallbackPolicy(boolean privateAllowed, @Nullable Mailer mailer) {
  private static final Pattern LOCALHOST = Pattern.compile("(?i)(.*\\.)?localhost\\.?");
  private static final Pattern NUMBER_LAST =
      Pattern.compile("(?i)(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern HOST_END = Pattern.compile("[/?#]");

  /** A policy of a server that sends no e-mails. */
  public CallbackPolicy(boolean privateAllowed) {
    this(privateAllowed, null);
  }

  /** The defect of an address in itself; empty when it can be tried. Does not resolve names. */
  public Optional<Defect> defect(String url) {
    try {
      var target = CallbackTarget.of(url);
      var uri = target.address();
      if (target.receiver() == CallbackTarget.Receiver.MAIL) {
        return mailDefect(uri.getRawSchemeSpecificPart());
      }
      var scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        return refused(
            "callback_url (%s) must be an http or https address, which slack+, teams+ or ntfy+ may stand before, or mailto: and an e-mail address"
                .formatted(url));
      }
      if (uri.getUserInfo() != null) {
        return refused("callback_url must not carry a user or password");
      }
      if (misspelt(uri.getHost())) {
        return refused(
            "callback_url (%s) must spell its address as four decimal numbers".formatted(url));
      }
      return literallyPrivate(uri.getHost())
          ? refused(
              "callback_url (%s) names a private address or one for special use".formatted(url))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return refused("callback_url (%s) is not an address".formatted(url));
    }
  }

  private Optional<Defect> mailDefect(String address) {
    if (mailer == null) {
      return refused("callback_url: this server sends no e-mails; its setting mail.host is empty");
    }
    if (!Mailer.isAddress(address)) {
      return refused(
          "callback_url (mailto:%s) must be one plain address, such as mailto:ada@example.org"
              .formatted(address));
    }
    return mailer.mayBeNamed(address)
        ? Optional.empty()
        : refused(
            "callback_url (mailto:%s) is in no domain of the setting mail.domains"
                .formatted(address));
  }

  private static Optional<Defect> refused(String message) {
    return Optional.of(Defect.ofField("callback_url", message));
  }

  private boolean literallyPrivate(String host) {
    return !privateAllowed
        && (LOCALHOST.matcher(host).matches()
            || (host.startsWith("[") && SpecialAddresses.contain(InetAddress.ofLiteral(bare(host))))
            || (endsInANumber(host) && SpecialAddresses.contain(Inet4Address.ofLiteral(host))));
  }

  /* Otherwise it would be an IPv4 address to one reader and a name to the next (WHATWG URL, 3.5). */
  private static boolean misspelt(String host) {
    return endsInANumber(host) && !IPV4.matcher(host).matches();
  }

  private static boolean endsInANumber(String host) {
    return NUMBER_LAST.matcher(host).matches();
  }

  private static String bare(String host) {
    return host.substring(1, host.length() - 1);
  }

  /** Whether a host may be called by now, judged by every address that its name leads to. */
  public boolean allowsHost(String host) {
    try {
      var addresses = InetAddress.getAllByName(host.startsWith("[") ? bare(host) : host);
      return privateAllowed || Arrays.stream(addresses).noneMatch(SpecialAddresses::contain);
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** The beginning of an address up to its path: the scheme and the host with its port. */
  static String host(String url) {
    var end = HOST_END.matcher(url);
    return end.find(url.indexOf("//") + 2) ? url.substring(0, end.start()) : url;
  }
}
