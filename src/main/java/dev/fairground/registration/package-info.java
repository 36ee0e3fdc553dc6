/** The entries of resources and products in public registers. */
@NullMarked
package dev.fairground.registration;

import org.jspecify.annotations.NullMarked;
