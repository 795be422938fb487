package dev.headway.server.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits (CIDR, RFC 4632). Immutable.
 *
 * @param first any address of the block
 * @param bits how many bits of it all have in common
 */
public record AddressBlock(InetAddress first, int bits) {
  /* Java reads 10.1 and 2130706433, too, as addresses that others take for something else. */
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*)(?:/(\\d{1,3}))?");

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when an address has not so many bits
   */
  public AddressBlock {
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException(
          "%s has %d bits, not %d"
              .formatted(first.getHostAddress(), first.getAddress().length * 8, bits));
    }
  }

  /**
   * The block of a text: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressBlock of(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"%s\" is no address".formatted(text));
    }
    var first = InetAddress.ofLiteral(parts.group(1));
    var bits = parts.group(2);
    return new AddressBlock(
        first, bits == null ? first.getAddress().length * 8 : Integer.parseInt(bits));
  }

  /**
   * The addresses that one subscriber has, as limits count them: an IPv4 address alone, an IPv6
   * address with its whole network of 64 bits (RFC 6177).
   *
   * @param address as the transport or a proxy named it
   */
  public static String subscriber(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      var bytes = InetAddress.ofLiteral(address).getAddress();
      Arrays.fill(bytes, 8, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (IllegalArgumentException | UnknownHostException _) {
      return address;
    }
  }

  /** Whether an address is in the block. */
  public boolean contains(InetAddress address) {
    var wanted = first.getAddress();
    var given = address.getAddress();
    if (given.length != wanted.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> (bit % 8);
      if ((given[bit / 8] & mask) != (wanted[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    var whole = bits == first.getAddress().length * 8;
    return first.getHostAddress() + (whole ? "" : "/" + bits);
  }
}
