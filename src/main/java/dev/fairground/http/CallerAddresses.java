package dev.fairground.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose address a request is counted under. {@code X-Forwarded-For} is believed from the configured
 * proxies only, and from the right end on, up to the first address that is not one of them: all
 * that stands further left may be invented. An IPv6 caller is counted by its /64, which is the
 * least that anybody has.
 */
public final class CallerAddresses {
  private final List<IpSubnetFilterRule> proxies;

  private CallerAddresses(List<IpSubnetFilterRule> proxies) {
    this.proxies = proxies;
  }

  /**
   * Reads the setting {@code FAIRGROUND_TRUSTED_PROXIES}: addresses or networks such as {@code
   * 10.0.0.0/8}, separated by commas; empty trusts nobody.
   *
   * @throws IllegalArgumentException naming the part that is none
   */
  public static CallerAddresses behind(String trustedProxies) {
    var proxies = new ArrayList<IpSubnetFilterRule>();
    for (String part : trustedProxies.split(",")) {
      if (!part.isBlank()) {
        proxies.add(network(part.strip()));
      }
    }
    return new CallerAddresses(List.copyOf(proxies));
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress parsed = parse(address);
    try {
      if (parsed != null) {
        int all = parsed.getAddress().length * 8;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        return new IpSubnetFilterRule(parsed, bits, IpFilterRuleType.ACCEPT);
      }
    } catch (IllegalArgumentException badPrefix) {
      // Told below, in the words of the setting.
    }
    throw new IllegalArgumentException(
        "FAIRGROUND_TRUSTED_PROXIES: \""
            + text
            + "\" is not an address or a network like 10.0.0.0/8");
  }

  String of(HttpServerRequest request) {
    String address = request.remoteAddress().hostAddress();
    if (proxies.isEmpty()) {
      return counted(address);
    }
    InetAddress peer = parse(address);
    List<String> headers = request.headers().getAll("X-Forwarded-For");
    if (peer == null || headers.isEmpty() || !isProxy(peer)) {
      return counted(address);
    }
    return counted(forwarded(address, String.join(",", headers).split(",")));
  }

  private String forwarded(String peer, String[] hops) {
    String nearest = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      InetAddress hop = parse(hops[i].strip());
      if (hop == null) {
        return nearest;
      }
      nearest = hop.getHostAddress();
      if (!isProxy(hop)) {
        return nearest;
      }
    }
    return nearest;
  }

  private boolean isProxy(InetAddress address) {
    var socketAddress = new InetSocketAddress(address, 1);
    for (IpSubnetFilterRule proxy : proxies) {
      if (proxy.matches(socketAddress)) {
        return true;
      }
    }
    return false;
  }

  private static String counted(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null ? address : HexFormat.of().formatHex(bytes, 0, 8) + "::/64";
  }

  private static @Nullable InetAddress parse(String literal) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
