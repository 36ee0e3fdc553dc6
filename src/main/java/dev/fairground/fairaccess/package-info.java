/**
 * The fair-access checks as pure rules over facts of a day, and the words of fair access: for which
 * reasons a request may be refused, and for which ones terms may differ. Knows no database.
 */
@NullMarked
package dev.fairground.fairaccess;

import org.jspecify.annotations.NullMarked;
