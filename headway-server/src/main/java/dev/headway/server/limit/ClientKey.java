package dev.headway.server.limit;

import dev.headway.core.account.Principal;
import dev.headway.server.address.AddressBlock;

/** A client as limits count it. */
public sealed interface ClientKey {
  /** A user, with whichever credential. */
  record OfUser(long id) implements ClientKey {}

  /** A client without credentials, by address; of IPv6 by the network of one subscriber. */
  record At(String network) implements ClientKey {}

  /** The client behind a principal. */
  static ClientKey of(Principal who) {
    return switch (who) {
      case Principal.Anonymous(var address) -> at(address);
      case Principal.Known known -> new OfUser(known.id());
      case Principal.Watcher watcher -> new OfUser(watcher.id());
    };
  }

  /** The client at an address, as long as nothing more is known of it. */
  static ClientKey at(String address) {
    return new At(AddressBlock.subscriber(address));
  }
}
