/**
 * The words of fair access: for which reasons a request may be refused, and for which ones terms
 * may differ. Pure values; the checks of them are rules over facts.
 */
@NullMarked
package dev.fairground.fairaccess;

import org.jspecify.annotations.NullMarked;
