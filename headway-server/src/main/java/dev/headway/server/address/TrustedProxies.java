package dev.headway.server.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxies whose word on a client's address is taken. Immutable.
 *
 * @param blocks their addresses
 */
public record TrustedProxies(Set<AddressBlock> blocks) {
  /** No proxy at all. */
  public static final TrustedProxies NONE = new TrustedProxies(Set.of());

  /** An address with or without a port; only IPv6 in brackets has one (RFC 7239, section 6). */
  private static final Pattern NODE =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?"
              + "|\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)");

  private static final Pattern FOR =
      Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^\";\\s]*)\\s*(?=;|$)");

  /** Takes a copy. */
  public TrustedProxies {
    blocks = Set.copyOf(blocks);
  }

  /** Whether an address is a proxy's. */
  public boolean contain(String address) {
    return !blocks.isEmpty() && literal(address).filter(this::contain).isPresent();
  }

  private boolean contain(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /**
   * The address of the client behind the proxies: the right-most one in {@code Forwarded} (RFC
   * 7239) or {@code X-Forwarded-For} that is no proxy's, because what stands to the left of it is
   * only its own word. Where the headers name nobody that can be read, or each somebody else (a
   * proxy writes one and passes on the other), it is the address of the last proxy that is known.
   *
   * @param peer the address that connected
   * @param headers by lower-case name, repeated ones joined with a comma
   */
  public String client(String peer, Map<String, String> headers) {
    if (!contain(peer)) {
      return peer;
    }
    var forwarded = headers.get("forwarded");
    var listed = headers.get("x-forwarded-for");
    var byOne = forwarded == null ? null : walk(peer, forwarded, TrustedProxies::forwardedFor);
    var byOther = listed == null ? null : walk(peer, listed, Function.identity());
    if (byOne == null || byOne.equals(byOther)) {
      return byOther == null ? peer : byOther;
    }
    return byOther == null ? byOne : peer;
  }

  private String walk(String peer, String list, Function<String, String> node) {
    var client = peer;
    for (var element : Arrays.asList(list.split(",", -1)).reversed()) {
      var next = literal(bare(node.apply(element.strip())));
      if (next.isEmpty()) {
        return client;
      }
      client = next.get().getHostAddress();
      if (!contain(next.get())) {
        return client;
      }
    }
    return client;
  }

  /** The {@code for} parameter of an element of {@code Forwarded}; empty when it has none. */
  private static String forwardedFor(String element) {
    var parameter = FOR.matcher(element);
    return parameter.find() ? parameter.group(1).replace("\"", "") : "";
  }

  private static String bare(String node) {
    var parts = NODE.matcher(node);
    if (!parts.matches()) {
      return "";
    }
    return Stream.of(1, 2, 3).map(parts::group).filter(Objects::nonNull).findFirst().orElse("");
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return blocks.stream().map(AddressBlock::toString).sorted().collect(Collectors.joining(", "));
  }
}
