/** Suggestions while a text is typed, over everything that can be found by words. */
@NullMarked
package dev.fairground.search;

import org.jspecify.annotations.NullMarked;
