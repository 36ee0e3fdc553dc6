package dev.fairground.graphql;

/** A feature's face: what it adds to the schema's wiring. */
public interface Feature {
  void wire(Wiring wiring);
}
