/** The way to PostgreSQL: pools, statements, migrations, and the embedded database. */
@NullMarked
package dev.fairground.sql;

import org.jspecify.annotations.NullMarked;
