package dev.fairground.identity;

import java.net.URI;

/**
 * Whose access tokens are accepted.
 *
 * @param issuer as its tokens name it, in {@code iss}
 * @param audience what its tokens have to name in {@code aud}: this server, and no client of it
 * @param rolesClaim the claim that lists what its bearer is: {@code role@organization} each
 */
public record OidcSettings(String issuer, String audience, String rolesClaim) {
  /** The claim that is read where nothing else was set. */
  public static final String ROLES_CLAIM = "fairground_roles";

  public OidcSettings {
    var address = URI.create(issuer);
    if (address.getHost() == null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
        || address.getQuery() != null
        || address.getFragment() != null) {
      throw new IllegalArgumentException(
          "has to be the address of an issuer, as https://login.example.org/market");
    }
  }

  /** Whether keys come over a connection that nobody can read or change on its way. */
  boolean isSecure() {
    var host = URI.create(issuer).getHost();
    return issuer.startsWith("https:") || host.equals("127.0.0.1") || host.equals("localhost");
  }

  /** Where the issuer tells of itself. */
  String discovery() {
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return base + "/.well-known/openid-configuration";
  }
}
