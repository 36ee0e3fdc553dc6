package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/**
 * What a file says of its catalogue as a whole.
 *
 * @param source where the catalogue is from, for people: its title or portal, its address, its
 *     licence, as far as they are said
 * @param complete whether the file holds all records of the catalogue. Where it does not, for
 *     instance because it is one page of several, a record that is not in it is not taken for
 *     withdrawn
 */
public record CatalogueFacts(@Nullable String source, boolean complete) {}
