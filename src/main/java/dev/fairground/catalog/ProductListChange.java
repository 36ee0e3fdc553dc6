package dev.fairground.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is other with a product in one edition than in another one of the same list.
 *
 * @param place its place in the list
 * @param version the version that is listed, or that took it off the list
 * @param versionBefore the version that the other edition shows; null for none
 */
public record ProductListChange(
    Kind kind, int place, UUID productId, int version, @Nullable Integer versionBefore) {

  /** How it differs. */
  public enum Kind {
    ADDED,
    CHANGED,
    SUSPENDED,
    WITHDRAWN
  }

  /** From one version of a product to another; from 0 where there is nothing to compare. */
  record Step(UUID productId, int before, int version) {}

  ProductVersion product() {
    return new ProductVersion(productId, version);
  }

  @Nullable ProductVersion before() {
    return versionBefore == null ? null : new ProductVersion(productId, versionBefore);
  }

  Step step() {
    return new Step(
        productId, kind == Kind.CHANGED && versionBefore != null ? versionBefore : 0, version);
  }
}
