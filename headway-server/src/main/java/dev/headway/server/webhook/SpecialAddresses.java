package dev.headway.server.webhook;

import dev.headway.server.address.AddressBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The addresses that are no host of the public Internet: IANA's registries of special-purpose IPv4
 * and IPv6 addresses, multicast, and all of IPv6 but what is given to hosts. Stateless.
 */
final class SpecialAddresses {
  private static final List<AddressBlock> IPV4 =
      List.of(
          AddressBlock.of("0.0.0.0/8"), // this network
          AddressBlock.of("10.0.0.0/8"), // private
          AddressBlock.of("100.64.0.0/10"), // carrier-grade NAT
          AddressBlock.of("127.0.0.0/8"), // loopback
          AddressBlock.of("169.254.0.0/16"), // link-local, with the clouds' metadata services
          AddressBlock.of("172.16.0.0/12"), // private
          AddressBlock.of("192.0.0.0/24"), // protocol assignments
          AddressBlock.of("192.0.2.0/24"), // documentation
          AddressBlock.of("192.31.196.0/24"), // AS112
          AddressBlock.of("192.52.193.0/24"), // AMT
          AddressBlock.of("192.88.99.0/24"), // 6to4 relays
          AddressBlock.of("192.168.0.0/16"), // private
          AddressBlock.of("192.175.48.0/24"), // AS112
          AddressBlock.of("198.18.0.0/15"), // benchmarking
          AddressBlock.of("198.51.100.0/24"), // documentation
          AddressBlock.of("203.0.113.0/24"), // documentation
          AddressBlock.of("224.0.0.0/3")); // multicast, reserved, broadcast

  /** The only IPv6 addresses that are given to hosts (RFC 4291, section 2.4). */
  private static final AddressBlock GLOBAL_UNICAST = AddressBlock.of("2000::/3");

  private static final List<AddressBlock> IPV6 =
      List.of(
          AddressBlock.of("2001::/23"), // protocol assignments, Teredo, ORCHID
          AddressBlock.of("2001:db8::/32"), // documentation
          AddressBlock.of("2002::/16"), // 6to4, which leads to any IPv4 address
          AddressBlock.of("2620:4f:8000::/48"), // AS112
          AddressBlock.of("3fff::/20")); // documentation

  private SpecialAddresses() {}

  /** Whether an address is for special use. An IPv4 address in IPv6 form counts as itself. */
  static boolean contain(InetAddress address) {
    return address instanceof Inet4Address
        ? IPV4.stream().anyMatch(block -> block.contains(address))
        : !GLOBAL_UNICAST.contains(address)
            || IPV6.stream().anyMatch(block -> block.contains(address));
  }
}
