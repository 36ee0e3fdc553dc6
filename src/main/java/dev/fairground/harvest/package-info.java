/**
 * Reads what public bodies publish about their data: the catalogues of portals in their many
 * formats, defects and all, as records of one shape. A record says what its source says and nothing
 * else; what cannot be understood becomes a {@link dev.fairground.harvest.Defect}, and never takes
 * a good neighbour with it. Nothing here knows a database.
 *
 * <p>A file goes through {@code Containers} (gzip, tar, zip) and {@code Charsets} to the {@link
 * dev.fairground.harvest.CatalogueReader} that recognises its beginning, and from there to a {@link
 * dev.fairground.harvest.Sink}.
 */
@NullMarked
package dev.fairground.harvest;

import org.jspecify.annotations.NullMarked;
