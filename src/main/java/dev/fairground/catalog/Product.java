package dev.fairground.catalog;

import java.util.UUID;

/** One version of what an operator offers; of one of two kinds. */
public sealed interface Product permits DataProduct, ServiceCapability {
  /** What both kinds have. */
  Offer offer();

  default UUID id() {
    return offer().id();
  }
}
