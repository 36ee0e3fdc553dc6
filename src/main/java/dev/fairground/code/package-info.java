/**
 * Code lists with their history: regions, sectors, scenarios. A code of an old catalogue still
 * finds its entry.
 */
@NullMarked
package dev.fairground.code;

import org.jspecify.annotations.NullMarked;
