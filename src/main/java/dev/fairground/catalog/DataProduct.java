package dev.fairground.catalog;

/** A product made of public data. */
public record DataProduct(Offer offer) implements Product {}
