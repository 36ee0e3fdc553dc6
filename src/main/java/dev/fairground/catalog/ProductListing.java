package dev.fairground.catalog;

import java.util.UUID;

/**
 * A product as an edition of a list shows it.
 *
 * @param number the edition's number
 * @param position its place in the list, from 1
 * @param entryDigest SHA-256 of its canonical form, in hexadecimal digits
 */
public record ProductListing(
    UUID listId, int number, int position, UUID productId, int productVersion, String entryDigest) {

  ProductVersion product() {
    return new ProductVersion(productId, productVersion);
  }
}
