package dev.fairground.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where events may be sent: by https to addresses of the public internet, unless it is allowed. */
final class WebhookAddress {
  private WebhookAddress() {}

  /**
   * What is wrong with an address, for its owner; null for one that may be tried. Whether its host
   * is public is told when the host is looked up, at each try.
   *
   * @param privateAllowed whether http and private addresses are allowed
   */
  static @Nullable String fault(String url, boolean privateAllowed) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException broken) {
      return "It is no address. Give one like https://example.org/events.";
    }
    if (address.getHost() == null || address.getHost().isEmpty()) {
      return "It has no host. Give an absolute address like https://example.org/events.";
    }
    if (address.getUserInfo() != null) {
      return "It holds credentials. Leave them out: what is sent is signed.";
    }
    if (address.getFragment() != null) {
      return "It has a fragment, which is never sent. Leave it out.";
    }
    var scheme = String.valueOf(address.getScheme()).toLowerCase(java.util.Locale.ROOT);
    if (!scheme.equals("https") && !(privateAllowed && scheme.equals("http"))) {
      return "It is not https. Events are only sent encrypted.";
    }
    return null;
  }

  /** Whether an address is one of the public internet. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  // The registry of special addresses, RFC 6890, and what it lists since.
  private static boolean isPublic4(byte[] bytes) {
    var first = bytes[0] & 0xff;
    var second = bytes[1] & 0xff;
    var third = bytes[2] & 0xff;
    return switch (first) {
      case 0, 10, 127 -> false;
      case 100 -> second < 64 || second > 127;
      case 169 -> second != 254;
      case 172 -> second < 16 || second > 31;
      case 192 ->
          second != 168
              && !(second == 0 && (third == 0 || third == 2))
              && !(second == 88 && third == 99);
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 224;
    };
  }

  // Only what is given out at all, and none that leads to an address of IPv4.
  private static boolean isPublic6(byte[] bytes) {
    if ((bytes[0] & 0xe0) != 0x20) {
      return false;
    }
    var group = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    var next = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    var isTeredoOrTest = group == 0x2001 && (next < 0x200 || next == 0xdb8);
    return !isTeredoOrTest && group != 0x2002 && group != 0x3fff;
  }
}
