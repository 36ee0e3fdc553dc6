/**
 * Everything between a decoded request and the bytes of its answer: documents and their limits,
 * cost, the wiring of features to the schema, batched loaders, cursors and errors. Knows no
 * feature, and nothing of HTTP.
 */
@NullMarked
package dev.fairground.graphql;

import org.jspecify.annotations.NullMarked;
