package dev.fairground.fairness;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose figures: an operator's, those of one of its products, or the whole market's.
 *
 * @param productPrefix of the product's global id; empty where there is none
 */
record Whose(@Nullable UUID operatorId, @Nullable UUID productId, String productPrefix) {
  static final Whose MARKET = new Whose(null, null, "");

  static Whose operator(UUID id) {
    return new Whose(id, null, "");
  }

  static Whose product(Product product) {
    return new Whose(
        product.offer().operatorId(),
        product.id(),
        switch (product) {
          case DataProduct data -> CatalogResolver.DATA_PRODUCT;
          case ServiceCapability capability -> CatalogResolver.SERVICE_CAPABILITY;
        });
  }
}
