package dev.headway.server;

import dev.headway.core.setting.SettingType;
import dev.headway.core.setting.Words;
import dev.headway.server.address.AddressBlock;
import dev.headway.server.address.TrustedProxies;
import java.util.stream.Collectors;

/** Addresses of proxies and blocks of them. */
final class TrustedProxyList implements SettingType<TrustedProxies> {
  @Override
  public String description() {
    return "addresses or networks such as 10.0.0.0/8, separated by commas";
  }

  @Override
  public TrustedProxies read(String text) {
    try {
      var words = Words.split(text).stream();
      return new TrustedProxies(words.map(AddressBlock::of).collect(Collectors.toSet()));
    } catch (IllegalArgumentException _) {
      throw refused(text);
    }
  }

  @Override
  public boolean readsEmpty() {
    return true;
  }
}
