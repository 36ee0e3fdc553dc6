/** What every market needs before its first record: code lists, rules in force, work calendars. */
@NullMarked
package dev.fairground.reference;

import org.jspecify.annotations.NullMarked;
