/**
 * Reads what public bodies publish about their data: the catalogues of portals in their many
 * formats, defects and all, as records of one shape. A record says what its source says and nothing
 * else; what cannot be understood becomes a {@link dev.fairground.harvest.Defect}, and never takes
 * a good neighbour with it. Nothing here knows a database.
 *
 * <p>A file goes through {@code Containers} (gzip, tar, zip) and {@code Charsets} to the {@link
 * dev.fairground.harvest.CatalogueReader} that recognises its beginning, and from there to a {@link
 * dev.fairground.harvest.Sink}. Names tell the parts of the package:
 *
 * <ul>
 *   <li>the way of a file: {@code Harvest}, {@code DocumentReading}, {@code Containers}, {@code
 *       Container}, {@code PackedFile}, {@code GzipStream}, {@code Charsets}, {@code
 *       CatalogueName};
 *   <li>what all readers share: {@code CatalogueReader}, {@code ResourceBuilder}, {@code Values},
 *       {@code Defect}, and words of sources in {@code WordTable}, {@code Frequencies}, {@code
 *       OpennessWords}, {@code Sectors}, {@code Languages}, {@code MediaTypes}, {@code Periods};
 *   <li>Chinese portals and lists: {@code Portal…}, {@code Csv…}, {@code …ListReader};
 *   <li>JSON and YAML: {@code Json…}, {@code Fields}, and a reader for each source;
 *   <li>RDF: {@code Rdf…} and {@code Dcat}, {@code DcatNode}, {@code DcatRecord}.
 * </ul>
 */
@NullMarked
package dev.fairground.harvest;

import org.jspecify.annotations.NullMarked;
