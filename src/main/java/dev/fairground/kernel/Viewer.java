package dev.fairground.kernel;

/**
 * The caller as GraphQL sees it.
 *
 * @param key what limits are counted by: the address of an anonymous caller, else the token's id
 * @param signedIn whether the caller proved who it is
 */
public record Viewer(String key, boolean signedIn) {
  public static Viewer anonymous(String address) {
    return new Viewer(address, false);
  }
}
