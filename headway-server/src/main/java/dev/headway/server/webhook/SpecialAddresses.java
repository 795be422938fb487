package dev.headway.server.webhook;

import java.net.InetAddress;
import java.util.List;

/**
 * The addresses that are no host of the public Internet: IANA's registries of special-purpose IPv4
 * and IPv6 addresses, multicast, and all of IPv6 but what is given to hosts. Stateless.
 */
final class SpecialAddresses {
  private static final List<Block> IPV4 =
      List.of(
          Block.of("0.0.0.0", 8), // this network
          Block.of("10.0.0.0", 8), // private
          Block.of("100.64.0.0", 10), // carrier-grade NAT
          Block.of("127.0.0.0", 8), // loopback
          Block.of("169.254.0.0", 16), // link-local, with the clouds' metadata services
          Block.of("172.16.0.0", 12), // private
          Block.of("192.0.0.0", 24), // protocol assignments
          Block.of("192.0.2.0", 24), // documentation
          Block.of("192.31.196.0", 24), // AS112
          Block.of("192.52.193.0", 24), // AMT
          Block.of("192.88.99.0", 24), // 6to4 relays
          Block.of("192.168.0.0", 16), // private
          Block.of("192.175.48.0", 24), // AS112
          Block.of("198.18.0.0", 15), // benchmarking
          Block.of("198.51.100.0", 24), // documentation
          Block.of("203.0.113.0", 24), // documentation
          Block.of("224.0.0.0", 3)); // multicast, reserved, broadcast

  /** The only IPv6 addresses that are given to hosts (RFC 4291, section 2.4). */
  private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);

  private static final List<Block> IPV6 =
      List.of(
          Block.of("2001::", 23), // protocol assignments, Teredo, ORCHID
          Block.of("2001:db8::", 32), // documentation
          Block.of("2002::", 16), // 6to4, which leads to any IPv4 address
          Block.of("2620:4f:8000::", 48), // AS112
          Block.of("3fff::", 20)); // documentation

  private SpecialAddresses() {}

  /** Whether an address is for special use. An IPv4 address in IPv6 form counts as itself. */
  static boolean contain(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == 4
        ? IPV4.stream().anyMatch(block -> block.contains(bytes))
        : !GLOBAL_UNICAST.contains(bytes) || IPV6.stream().anyMatch(block -> block.contains(bytes));
  }

  /** The addresses that begin with the same bits. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(byte[] first, int bits) {
    static Block of(String first, int bits) {
      return new Block(InetAddress.ofLiteral(first).getAddress(), bits);
    }

    boolean contains(byte[] address) {
      for (var bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
