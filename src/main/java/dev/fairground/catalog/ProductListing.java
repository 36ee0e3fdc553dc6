package dev.fairground.catalog;

import java.util.UUID;

/**
 * A product as an edition of a list shows it.
 *
 * @param number the edition's number
 * @param position its place in the edition, from 1
 */
public record ProductListing(
    UUID listId, int number, int position, UUID productId, int productVersion) {

  ProductVersion product() {
    return new ProductVersion(productId, productVersion);
  }
}
