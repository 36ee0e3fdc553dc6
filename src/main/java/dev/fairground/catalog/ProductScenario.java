package dev.fairground.catalog;

import java.util.UUID;

/** A scenario that a product is for, or that it is not for. */
public record ProductScenario(UUID scenarioId, boolean allowed) {}
